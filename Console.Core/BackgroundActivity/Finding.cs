namespace OpsConsole.Core.BackgroundActivity;

/// <summary>One piece of background work: entries of one message template in one revision.</summary>
public sealed record Finding
{
    public required Logs.RevisionKey Revision { get; init; }

    public required FindingKind Kind { get; init; }

    /// <summary>Message template with <c>&lt;*&gt;</c> for what varies (Drain, He et al. 2017).</summary>
    public required string Template { get; init; }

    /// <summary>An example text, as logged.</summary>
    public string Example { get; init; } = "";

    /// <summary>Entries of this finding.</summary>
    public long Entries { get; init; }

    /// <summary>Distinct requests among them.</summary>
    public int Requests { get; init; }

    public double? MaxTailSeconds { get; init; }

    public double? P50TailSeconds { get; init; }

    /// <summary>For periodic work, its period in seconds; else null.</summary>
    public double? PeriodSeconds { get; init; }

    /// <summary>Line numbers (in the table) of some entries: proofs to look at; at most 1,000.</summary>
    public IReadOnlyList<int> Lines { get; init; } = [];

    /// <summary>Stable identity of revision's service, kind and template: what an acceptance refers to.</summary>
    public required string Id { get; init; }
}
