namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>What became of a request's event.</summary>
public enum CompletenessState
{
    /// <summary>There was none when the check was made, though it was due.</summary>
    Missing,

    /// <summary>It came after the response.</summary>
    Late,

    /// <summary>The request carries no trace id: no event can be tied to it, whatever there is.</summary>
    Undecidable,

    /// <summary>None yet, and the response is so recent that one may still be on its way.</summary>
    NotDue,

    /// <summary>It was there when the response was complete.</summary>
    InTime,
}
