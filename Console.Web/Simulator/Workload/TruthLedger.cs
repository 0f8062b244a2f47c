using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>All that a service's simulation knows about what it did.</summary>
internal sealed class TruthLedger
{
    private readonly List<TruthEntry> entries = [];
    private readonly List<SimRequest> requests = [];
    private readonly List<BackgroundTask> tasks = [];
    private readonly List<AuditWrite> records = [];

    public IReadOnlyList<TruthEntry> Entries => entries;

    /// <summary>Requests in the order in which they ended.</summary>
    public IReadOnlyList<SimRequest> Requests => requests;

    /// <summary>Background work of requests.</summary>
    public IReadOnlyList<BackgroundTask> Tasks => tasks;

    /// <summary>Audit records that requests must leave, in the order in which they were begun.</summary>
    public IReadOnlyList<AuditWrite> Records => records;

    public void Add(AuditWrite record) => records.Add(record);

    public void Add(TruthEntry entry) => entries.Add(entry);

    public void Add(SimRequest request) => requests.Add(request);

    public void Add(BackgroundTask task) => tasks.Add(task);

    /// <summary>Forgets what happened before a time, as the store does.</summary>
    public void Trim(long before)
    {
        entries.RemoveAll(e => e.At < before);
        requests.RemoveAll(r => r.Ended < before);
        tasks.RemoveAll(t => t.Ended < before);
        records.RemoveAll(r => r.Request.Ended < before);
    }
}
