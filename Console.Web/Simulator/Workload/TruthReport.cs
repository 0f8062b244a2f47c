namespace OpsConsole.Web.Simulator.Workload;

/// <summary>The truth about one revision in a stretch of time.</summary>
internal sealed record TruthReport
{
    public required string Service { get; init; }

    public required string Location { get; init; }

    public required string Revision { get; init; }

    public required bool CpuIdle { get; init; }

    /// <summary>Requests that a container answered, by their start.</summary>
    public required int Requests { get; init; }

    /// <summary>Requests refused for want of an instance.</summary>
    public required int Refused { get; init; }

    /// <summary>Requests that left work to be done after the response.</summary>
    public required int RequestsWithBackgroundWork { get; init; }

    /// <summary>Requests with at least one entry after their response.</summary>
    public required int RequestsWithAfterResponse { get; init; }

    /// <summary>Entries after the response of their request that never stood still.</summary>
    public required int AfterResponseEntries { get; init; }

    public required int ResumedEntries { get; init; }

    public required int IdleInstanceEntries { get; init; }

    public required int UnattributedEntries { get; init; }

    /// <summary>Records begun, by the time they were begun.</summary>
    public required int RecordsBegun { get; init; }

    public required int RecordsCompleted { get; init; }

    /// <summary>Records begun and never ended, since the instance went away.</summary>
    public required int RecordsLost { get; init; }

    public required int RecordsPending { get; init; }

    /// <summary>"at risk", "has CPU" or "quiet".</summary>
    public required string Verdict { get; init; }

    public static TruthReport Of(string service, string location, string revision, bool cpuIdle, TruthLedger ledger, long from, long to)
    {
        var requests = ledger.Requests.Where(r => r.Revision == revision && r.Arrived >= from && r.Arrived <= to).ToList();
        var entries = ledger.Entries.Where(e => e.Revision == revision && e.At >= from && e.At <= to).ToList();
        var records = ledger.Tasks
            .Where(t => t.Kind == BackgroundKind.Record && t.Revision == revision && t.Begun >= from && t.Begun <= to)
            .ToList();
        var late = entries.Where(e => e.Class is EntryClass.AfterResponse or EntryClass.Resumed).ToList();
        var idle = entries.Count(e => e.Class == EntryClass.IdleInstance);
        var background = late.Count + idle + records.Count > 0;
        return new TruthReport
        {
            Service = service,
            Location = location,
            Revision = revision,
            CpuIdle = cpuIdle,
            Requests = requests.Count(r => !r.Rejected),
            Refused = requests.Count(r => r.Rejected),
            RequestsWithBackgroundWork = requests.Count(r => r.HasBackground),
            RequestsWithAfterResponse = late.Select(e => e.Request).Distinct().Count(),
            AfterResponseEntries = late.Count(e => e.Class == EntryClass.AfterResponse),
            ResumedEntries = late.Count(e => e.Class == EntryClass.Resumed),
            IdleInstanceEntries = idle,
            UnattributedEntries = entries.Count(e => e.Class == EntryClass.Unattributed),
            RecordsBegun = records.Count,
            RecordsCompleted = records.Count(t => t.State == BackgroundState.Completed),
            RecordsLost = records.Count(t => t.State == BackgroundState.Lost),
            RecordsPending = records.Count(t => t.State == BackgroundState.Pending),
            Verdict = !background ? "quiet" : cpuIdle ? "at risk" : "has CPU",
        };
    }
}
