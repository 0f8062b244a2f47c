using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>Background work under way on an instance.</summary>
internal sealed class BackgroundTask(BackgroundKind kind, SimRequest? origin, string revision, long begun, IReadOnlyList<BackgroundStep> steps)
{
    private int index;
    private long notBefore = begun + steps[0].Wait;
    private long remaining = steps[0].Cpu;
    private long settled = begun;

    public BackgroundKind Kind { get; } = kind;

    /// <summary>The request it comes from; null for periodic work.</summary>
    public SimRequest? Origin { get; } = origin;

    public string Revision { get; } = revision;

    public long Begun { get; } = begun;

    public long? Ended { get; private set; }

    public BackgroundState State { get; private set; }

    /// <summary>Grows whenever the plan for the step changes, so that older plans can tell that they are void.</summary>
    public int Version { get; private set; }

    /// <summary>Time it stood still for want of CPU since its last line, though it had work to do.</summary>
    public long FrozenSinceLine { get; private set; }

    /// <summary>Whether it ever stood still.</summary>
    public bool WasFrozen { get; private set; }

    public BackgroundStep Step => steps[index];

    /// <summary>Its audit records by step, as far as its steps have any.</summary>
    public Dictionary<BackgroundStep, AuditWrite> Records { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Accounts for the time since the last call under the supply that held then.</summary>
    public void Settle(CpuSupply supply, long phase, long now)
    {
        var from = Math.Max(settled, notBefore);
        if (now > from)
        {
            remaining -= CpuClock.Progress(supply, phase, from, now);
            if (supply == CpuSupply.Frozen)
            {
                FrozenSinceLine += now - from;
                WasFrozen = true;
            }
        }

        settled = now;
        Version++;
    }

    /// <summary>When the step will be done under a supply.</summary>
    public long Finish(CpuSupply supply, long phase) => CpuClock.Finish(supply, phase, Math.Max(settled, notBefore), Math.Max(0, remaining));

    /// <summary>Goes to the next step; false when there is none and the work is done.</summary>
    public bool Next(long now)
    {
        Version++;
        settled = now;
        FrozenSinceLine = 0;
        if (++index < steps.Count)
        {
            notBefore = now + Step.Wait;
            remaining = Step.Cpu;
            return true;
        }

        if (Kind == BackgroundKind.Periodic)
        {
            index = 0;
            notBefore = now + Step.Wait;
            remaining = Step.Cpu;
            return true;
        }

        State = BackgroundState.Completed;
        Ended = now;
        return false;
    }

    public void Lose(long now)
    {
        Version++;
        State = BackgroundState.Lost;
        Ended = now;
        foreach (var record in Records.Values.Where(static r => r.State == AuditWriteState.Pending))
        {
            record.Lose();
        }
    }
}
