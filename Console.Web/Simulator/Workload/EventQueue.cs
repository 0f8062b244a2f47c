namespace OpsConsole.Web.Simulator.Workload;

/// <summary>What happens when, in order of time; what is due at the same time happens in the order it was planned.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action, (long Time, long Order)> events = new();
    private long order;

    /// <summary>Simulated time now.</summary>
    public long Now { get; private set; }

    /// <summary>Plans an action; a time in the past means now.</summary>
    public void At(long time, Action action) => events.Enqueue(action, (Math.Max(time, Now), order++));

    /// <summary>Plans an action some time from now.</summary>
    public void In(long delay, Action action) => At(Now + delay, action);

    /// <summary>Lets everything happen that is due until then. Time never goes back.</summary>
    public void RunTo(long until)
    {
        while (events.TryPeek(out _, out var due) && due.Time <= until)
        {
            var action = events.Dequeue();
            Now = due.Time;
            action();
        }

        Now = Math.Max(Now, until);
    }

    /// <summary>Sets the start of simulated time.</summary>
    public void StartAt(long time) => Now = time;
}
