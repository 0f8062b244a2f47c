using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// What all sweeps write into: each line, request and instance belongs to exactly one sweep, so that threads never meet.
/// </summary>
internal sealed class Results
{
    public Results(LogTable table, bool bases)
    {
        Classes = new EntryClass[table.Lines.Count];
        Requests = new LineRequests(table.Lines.Count);
        Bases = bases ? new Basis[table.Lines.Count] : [];
        Tails = new long[table.Requests.Count];
        Tolerances = new Tolerances[table.Instances.Count];
        Facts = new InstanceFacts[table.Instances.Count];
    }

    public EntryClass[] Classes { get; }

    /// <summary>Certain or probable request of each line.</summary>
    public LineRequests Requests { get; }

    /// <summary>By line; empty where nobody asks for them.</summary>
    public Basis[] Bases { get; }

    /// <summary>Longest time from the end of each request to one of its late lines; 0 for none.</summary>
    public long[] Tails { get; }

    /// <summary>By instance.</summary>
    public Tolerances[] Tolerances { get; }

    /// <summary>By instance.</summary>
    public InstanceFacts[] Facts { get; }

    /// <summary>Keeps by which evidence a line was classified.</summary>
    public void Note(int line, Basis basis)
    {
        if (Bases.Length > 0)
        {
            Bases[line] = basis;
        }
    }

    /// <summary>
    /// Keeps the longest tail of a request. Requests without an instance may get lines from several sweeps: hence the loop.
    /// </summary>
    public void NoteTail(int request, long tail)
    {
        ref var slot = ref Tails[request];
        var seen = Volatile.Read(ref slot);
        while (tail > seen)
        {
            var before = Interlocked.CompareExchange(ref slot, tail, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
