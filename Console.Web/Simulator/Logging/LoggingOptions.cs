namespace OpsConsole.Web.Simulator.Logging;

/// <summary>How the simulated Cloud Logging answers.</summary>
public sealed record LoggingOptions
{
    /// <summary>Project id.</summary>
    public string Project { get; init; } = "acme-prod";

    /// <summary>Project number, as it stands in quota messages; names may use it instead of the id.</summary>
    public string ProjectNumber { get; init; } = "415926535897";

    /// <summary>entries:list calls a minute (Google: 60 per project, not raisable); 0 means no limit.</summary>
    public int ReadsPerMinute { get; init; } = 60;

    /// <summary>Entries looked at in one call before it answers with what it has and a page token, as the real API does when a search takes long.</summary>
    public int ScanBudget { get; init; } = 40_000;

    /// <summary>Seed of what varies between runs.</summary>
    public int Seed { get; init; } = 1;
}
