namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>What a leaf of the log says. Its bytes are canonical JSON (RFC 8785), at most 65,535 of them, and never change.</summary>
public abstract record Leaf
{
    private protected Leaf()
    {
    }

    /// <summary>Version of the form of leaves.</summary>
    public const int Version = 1;

    /// <summary>Most bytes of a leaf: an entry bundle of tlog-tiles counts them in 16 bits.</summary>
    public const int MaxBytes = 65_535;
}
