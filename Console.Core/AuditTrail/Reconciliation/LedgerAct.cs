namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>The third book: one change in this audit trail, its intent and its outcome together.</summary>
public sealed record LedgerAct
{
    public required BookKey Key { get; init; }

    /// <summary>Workspace of its events.</summary>
    public required string Workspace { get; init; }

    /// <summary>Id of the intent's event.</summary>
    public required string IntentId { get; init; }

    /// <summary>Id of the outcome's event; empty while there is none.</summary>
    public string OutcomeId { get; init; } = "";

    /// <summary>Who asked for it: the person, whom Google's log does not know.</summary>
    public required string Actor { get; init; }

    /// <summary>What it does, in words.</summary>
    public string Title { get; init; } = "";

    /// <summary>Why; empty where nothing was said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When the intent was recorded.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How it ended; <see cref="AuditOutcome.Unknown"/> while that is not known.</summary>
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Unknown;

    /// <summary>Name of its operation; empty without one.</summary>
    public string Operation { get; init; } = "";

    /// <summary>Short name of the revision that it made; empty where it made none.</summary>
    public string Revision { get; init; } = "";
}
