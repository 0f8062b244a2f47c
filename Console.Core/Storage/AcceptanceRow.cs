namespace OpsConsole.Core.Storage;

/// <summary>One act on a finding: accepted until a date, or withdrawn. The latest row of a finding counts.</summary>
public sealed class AcceptanceRow
{
    /// <summary>UUID version 7: orders by time.</summary>
    public Guid Id { get; set; }

    /// <summary><see cref="BackgroundActivity.Finding.Id"/>.</summary>
    public string FindingId { get; set; } = "";

    public string Project { get; set; } = "";

    public string Service { get; set; } = "";

    /// <summary>The finding's template at that time, so that the record reads by itself.</summary>
    public string Template { get; set; } = "";

    /// <summary>False when the acceptance is withdrawn.</summary>
    public bool Accepted { get; set; }

    public string Reason { get; set; } = "";

    /// <summary>Who, by stable id.</summary>
    public string Actor { get; set; } = "";

    /// <summary>Who, by the name at that time.</summary>
    public string ActorName { get; set; } = "";

    /// <summary>When, in Unix milliseconds UTC.</summary>
    public long RecordedAt { get; set; }

    /// <summary>When the acceptance ends, in Unix milliseconds UTC; null for a withdrawal.</summary>
    public long? ExpiresAt { get; set; }
}
