using System.Globalization;

namespace OpsConsole.Web.Simulator.Control;

/// <summary>The faults that are in force.</summary>
public sealed class FaultBook
{
    private readonly Lock gate = new();

    private readonly List<Entry> faults = [];

    private int next;

    /// <summary>Adds a fault; the result has its id.</summary>
    public Fault Add(Fault fault)
    {
        lock (gate)
        {
            var added = fault with { Id = "f" + (++next).ToString(CultureInfo.InvariantCulture) };
            faults.Add(new Entry(added));
            return added;
        }
    }

    /// <summary>The faults in force, oldest first, with what is left of <see cref="Fault.Times"/>. One that holds requests stays until it is removed.</summary>
    public IReadOnlyList<Fault> List()
    {
        lock (gate)
        {
            return [.. faults.Select(static f => f.Fault with { Times = f.Left, Met = f.Met })];
        }
    }

    /// <summary>Removes one; false if there is none of that id.</summary>
    public bool Remove(string id)
    {
        lock (gate)
        {
            return faults.RemoveAll(f => f.Fault.Id == id && f.Remove()) > 0;
        }
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        lock (gate)
        {
            faults.RemoveAll(static f => f.Remove());
        }
    }

    /// <summary>The first fault that fits, used once.</summary>
    internal Fault? Take(Func<Fault, bool> fits) => Take(fits, out _);

    /// <summary>The same.</summary>
    /// <param name="fits">Whether a fault is meant.</param>
    /// <param name="removed">Ends when the fault is removed: what one that holds requests waits for.</param>
    internal Fault? Take(Func<Fault, bool> fits, out Task removed)
    {
        lock (gate)
        {
            removed = Task.CompletedTask;
            if (faults.FirstOrDefault(f => !f.IsUsedUp && fits(f.Fault)) is not { } entry)
            {
                return null;
            }

            entry.Met++;
            if (entry.Left > 0 && --entry.Left == 0)
            {
                entry.IsUsedUp = true;
                if (!Holds(entry.Fault.Kind))
                {
                    faults.Remove(entry);
                }
            }

            removed = entry.Removed;
            return entry.Fault;
        }
    }

    private static bool Holds(FaultKind kind) => kind is FaultKind.HeldRequest or FaultKind.HeldAnswer;

    private sealed class Entry(Fault fault)
    {
        private readonly TaskCompletionSource removed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Fault Fault { get; } = fault;

        public int Left { get; set; } = fault.Times;

        public int Met { get; set; }

        public bool IsUsedUp { get; set; }

        public Task Removed => removed.Task;

        public bool Remove()
        {
            removed.TrySetResult();
            return true;
        }
    }
}
