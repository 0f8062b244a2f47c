using System.Globalization;

namespace OpsConsole.Web.Simulator.Control;

/// <summary>The faults that are in force.</summary>
public sealed class FaultBook
{
    private readonly Lock gate = new();

    private readonly List<(Fault Fault, int Left)> faults = [];

    private int next;

    /// <summary>Adds a fault; the result has its id.</summary>
    public Fault Add(Fault fault)
    {
        lock (gate)
        {
            var added = fault with { Id = "f" + (++next).ToString(CultureInfo.InvariantCulture) };
            faults.Add((added, added.Times));
            return added;
        }
    }

    /// <summary>The faults in force, oldest first, with what is left of <see cref="Fault.Times"/>.</summary>
    public IReadOnlyList<Fault> List()
    {
        lock (gate)
        {
            return [.. faults.Select(static f => f.Fault with { Times = f.Left })];
        }
    }

    /// <summary>Removes one; false if there is none of that id.</summary>
    public bool Remove(string id)
    {
        lock (gate)
        {
            return faults.RemoveAll(f => f.Fault.Id == id) > 0;
        }
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        lock (gate)
        {
            faults.Clear();
        }
    }

    /// <summary>The first fault that fits, used once.</summary>
    internal Fault? Take(Func<Fault, bool> fits)
    {
        lock (gate)
        {
            var index = faults.FindIndex(f => fits(f.Fault));
            if (index < 0)
            {
                return null;
            }

            var (fault, left) = faults[index];
            if (left == 1)
            {
                faults.RemoveAt(index);
            }
            else if (left > 1)
            {
                faults[index] = (fault, left - 1);
            }

            return fault;
        }
    }
}
