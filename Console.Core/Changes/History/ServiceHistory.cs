using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.History;

/// <summary>Every change of a service in a stretch of time, from all that knows of it.</summary>
public sealed record ServiceHistory
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<HistoryRow> Rows { get; init; }

    /// <summary>Google's audit log.</summary>
    public required GoogleLog Google { get; init; }

    /// <summary>All changes of the service that the audit trail holds, whatever the stretch.</summary>
    public required IReadOnlyList<ChangeRun> Runs { get; init; }

    /// <summary>Why the audit trail could not be read; empty where it could.</summary>
    public string TrailProblem { get; init; } = "";

    /// <summary>Why Google's audit log could not be read; null where it could.</summary>
    public CloudRunError? GoogleError => Google.Error;
}
