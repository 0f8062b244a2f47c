namespace OpsConsole.Web.Simulator.Workload.Auditing;

/// <summary>
/// Committed records on their way to an audit ledger. The simulation runs a little ahead of the clock, so each waits here for its time.
/// Without a ledger nobody takes them out: then only the newest are kept.
/// </summary>
internal sealed class AuditOutbox
{
    private const int Kept = 50_000;

    private readonly Lock gate = new();
    private readonly Queue<(long At, AuditEntry Entry)> entries = new();
    private bool taken;

    public void Add(long at, AuditEntry entry)
    {
        lock (gate)
        {
            entries.Enqueue((at, entry));
            if (!taken && entries.Count > Kept)
            {
                entries.Dequeue();
            }
        }
    }

    /// <summary>Takes what is due, in the order of commits.</summary>
    /// <param name="until">Simulated time, inclusive.</param>
    public List<AuditEntry> Take(long until)
    {
        lock (gate)
        {
            taken = true;
            List<AuditEntry> due = [];
            while (entries.TryPeek(out var next) && next.At <= until)
            {
                due.Add(entries.Dequeue().Entry);
            }

            return due;
        }
    }
}
