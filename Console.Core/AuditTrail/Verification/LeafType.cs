namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Kinds of leaves.</summary>
internal enum LeafType
{
    /// <summary>The bytes are no leaf of this version.</summary>
    None,

    /// <summary>An event.</summary>
    Event,

    /// <summary>Numbers that were never committed.</summary>
    Void,

    /// <summary>An event that was taken away before it was sealed.</summary>
    Missing,
}
