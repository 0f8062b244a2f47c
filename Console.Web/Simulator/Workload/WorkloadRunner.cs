using System.Collections.Concurrent;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>
/// Runs the simulated services: requests, instances and their CPU, and what they log.
/// History and live traffic come from the same code; with the same seed, fleet and times the entries are the same.
/// </summary>
public sealed class WorkloadRunner
{
    /// <summary>Live traffic is simulated a little ahead of the clock, so that each entry appears exactly at its receiveTimestamp.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly IWorkloadFleet fleet;
    private readonly LogStore store;
    private readonly TimeProvider time;
    private readonly int seed;
    private readonly EventQueue queue = new();
    private readonly Callers callers = new();
    private readonly SortedDictionary<string, ServiceSimulation> services = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> changed = new();
    private List<LogRecord>? history;
    private bool started;
    private long trimmed;

    /// <summary>Audit records that the services have committed.</summary>
    internal AuditOutbox Outbox { get; } = new();

    /// <summary>Makes a workload; nothing happens before <see cref="BackfillTo"/>, <see cref="AdvanceTo"/> or <see cref="RunAsync"/>.</summary>
    public WorkloadRunner(IWorkloadFleet fleet, LogStore store, TimeProvider time, int seed)
    {
        this.fleet = fleet;
        this.store = store;
        this.time = time;
        this.seed = seed;
        fleet.ServiceChanged += changed.Enqueue;
    }

    /// <summary>Simulates the time from <paramref name="now"/> − <paramref name="past"/> to <paramref name="now"/>.</summary>
    public void BackfillTo(DateTimeOffset now, TimeSpan past)
    {
        lock (gate)
        {
            history = [];
            Start(now - past);
            Advance(now);
            store.WriteMany(history);
            history = null;
        }
    }

    /// <summary>Simulates up to a time, with the fleet's settings as they are now.</summary>
    public void AdvanceTo(DateTimeOffset until)
    {
        lock (gate)
        {
            Start(until);
            Advance(until);
        }
    }

    /// <summary>Live traffic, on the clock of the time provider, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do
            {
                AdvanceTo(time.GetUtcNow() + Ahead);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The owner has stopped the simulator.
        }
    }

    /// <summary>Whether the simulated callers stay away; they come again when they are let. What they have sent goes on.</summary>
    internal bool CallersAway
    {
        get
        {
            lock (gate)
            {
                return callers.Away;
            }
        }

        set
        {
            lock (gate)
            {
                callers.Away = value;
            }
        }
    }

    /// <summary>Makes requests come at a service from now on, evenly over a time; each goes its way as if it had come by itself.</summary>
    /// <returns>When the first and the last come; null if there is no service of that name that is called.</returns>
    internal (DateTimeOffset First, DateTimeOffset Last)? Send(string service, int count, TimeSpan over)
    {
        lock (gate)
        {
            // A service made a moment ago counts, and so does its new revision.
            Reconcile();
            if (services.GetValueOrDefault(service) is not { IsCalled: true } simulation)
            {
                return null;
            }

            // Never in the past, where the simulation is behind the clock: entries of the past were read already.
            var first = Math.Max(queue.Now, SimTime.From(time.GetUtcNow()));
            long At(int number) => first + (SimTime.Of(over) * number / count);
            for (var number = 0; number < count; number++)
            {
                queue.At(At(number), () => simulation.Arrive(null));
            }

            return (SimTime.ToDateTimeOffset(first), SimTime.ToDateTimeOffset(At(count - 1)));
        }
    }

    /// <summary>Reads the truth of services while nothing moves.</summary>
    internal T Read<T>(Func<IReadOnlyDictionary<string, ServiceSimulation>, T> read)
    {
        lock (gate)
        {
            return read(services);
        }
    }

    private void Start(DateTimeOffset at)
    {
        if (started)
        {
            return;
        }

        started = true;
        queue.StartAt(SimTime.From(at));
        changed.Clear();
        foreach (var service in Snapshot().Values.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            Add(service);
        }
    }

    private void Advance(DateTimeOffset until)
    {
        Reconcile();
        queue.RunTo(SimTime.From(until));
        Trim();
    }

    private void Reconcile()
    {
        if (changed.IsEmpty)
        {
            return;
        }

        var snapshot = Snapshot();
        while (changed.TryDequeue(out var name))
        {
            var current = snapshot.GetValueOrDefault(name);
            switch (services.GetValueOrDefault(name), current)
            {
                case ({ } known, { }):
                    known.Reconcile(current);
                    break;
                case ({ } known, null):
                    known.Remove();
                    break;
                case (null, { }):
                    Add(current);
                    break;
            }
        }
    }

    /// <summary>By short name, as changes are announced. Of two services with one name in two regions the first gets the traffic.</summary>
    private Dictionary<string, WorkloadService> Snapshot() => fleet.Snapshot()
        .OrderBy(s => s.Location, StringComparer.Ordinal)
        .DistinctBy(s => s.Name, StringComparer.Ordinal)
        .ToDictionary(s => s.Name, StringComparer.Ordinal);

    private void Add(WorkloadService service)
    {
        var writer = new EntryWriter(service.Project, Write);
        var world = new ServiceWorld(
            service, Behaviours.Catalogue.Of(service.Name), queue, writer, Outbox, Seeded.For(seed, service.Name), callers, CallService);
        var simulation = new ServiceSimulation(world);
        services[service.Name] = simulation;
        simulation.Reconcile(service);
        simulation.Start();
    }

    private void CallService(string name, SimRequest caller) => services.GetValueOrDefault(name)?.Arrive(caller);

    private void Write(LogRecord record)
    {
        if (history is not null)
        {
            history.Add(record);
        }
        else
        {
            store.Write(record);
        }
    }

    private void Trim()
    {
        var oldest = queue.Now - SimTime.Of(store.Retention);
        if (oldest - trimmed > SimTime.Hour)
        {
            trimmed = oldest;
            foreach (var service in services.Values)
            {
                service.World.Truth.Trim(oldest);
            }
        }
    }
}
