namespace OpsConsole.Web.Simulator.Workload;

/// <summary>One service: requests come, and go to a revision by its share of the traffic.</summary>
internal sealed class ServiceSimulation
{
    private readonly Dictionary<string, RevisionPool> pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkloadRevision> revisions = new(StringComparer.Ordinal);
    private readonly TrafficSource traffic;
    private bool gone;

    public ServiceSimulation(ServiceWorld world)
    {
        World = world;
        traffic = new TrafficSource(world.Behaviour.Traffic, world.Location, world.Queue, world.Random, CallFromOutside);
    }

    public ServiceWorld World { get; }

    /// <summary>All revisions ever seen, as they were set last.</summary>
    public IEnumerable<WorkloadRevision> Revisions => revisions.Values;

    /// <summary>Whether a request that comes now goes to a revision: not once the service is deleted.</summary>
    public bool IsCalled => Weights().Count > 0;

    private long Now => World.Queue.Now;

    /// <summary>Begins the flow of requests.</summary>
    public void Start() => traffic.Start();

    /// <summary>Takes over the settings as they are now.</summary>
    public void Reconcile(WorkloadService service)
    {
        gone = false;
        foreach (var revision in service.Revisions.OrderBy(r => r.Created).ThenBy(r => r.Name, StringComparer.Ordinal))
        {
            var known = revisions.GetValueOrDefault(revision.Name);
            revisions[revision.Name] = revision;
            if (known is null)
            {
                pools[revision.Name] = new RevisionPool(World, revision);
                PlanDeployment(revision);
            }

            if (revision.ReadyAt is { } ready && known?.ReadyAt is null && SimTime.From(ready) > Now)
            {
                World.Queue.At(SimTime.From(ready), Share);
            }
        }

        foreach (var name in revisions.Keys.Except(service.Revisions.Select(r => r.Name), StringComparer.Ordinal).ToList())
        {
            revisions[name] = revisions[name] with { Percent = 0, MinInstances = 0 };
            pools[name].GiveUpDeployCheck();
        }

        Share();
    }

    /// <summary>The service was deleted.</summary>
    public void Remove()
    {
        gone = true;
        Share();
    }

    /// <summary>A request comes, from outside or from another service's request.</summary>
    public void Arrive(SimRequest? caller)
    {
        if (PickRevision() is not { } revision)
        {
            return;
        }

        var random = World.Random;

        // The time of arrival is in it: two runs of one seed that begin at different times must not share trace ids, or the
        // second would find audit records of the first.
        var traceId = caller?.TraceId ?? $"{(ulong)Now * 0x9E3779B97F4A7C15UL:x16}{random.Hex(32)[16..]}";
        var request = new SimRequest
        {
            Service = World.Name,
            Revision = revision.Name,
            Plan = World.Behaviour.Plan(new PlanContext(random, traceId, Now, caller is not null)),
            Arrived = Now,
            TraceId = traceId,
            Trace = caller?.Trace ?? $"projects/{World.Project}/traces/{traceId}",
            Span = random.Next() | (1UL << 62),
            RemoteIp = caller is null ? RemoteIp() : "169.254.1.1",
            CallerAgent = caller is null ? null : $"{caller.Service}/1.8 (gaxios/6.7.1)",
        };
        pools[revision.Name].Arrive(request);
    }

    private void CallFromOutside()
    {
        if (!World.Callers.Away)
        {
            Arrive(null);
        }
    }

    private string RemoteIp() => World.Random.Chance(0.12)
        ? $"2001:db8:{World.Random.Hex(4)}:{World.Random.Hex(4)}::{World.Random.Between(2, 99)}"
        : $"203.0.113.{World.Random.Between(1, 250)}";

    private void PlanDeployment(WorkloadRevision revision)
    {
        var created = SimTime.From(revision.Created);
        if (created >= Now - SimTime.Minute && !(revision.ReadyAt is { } ready && SimTime.From(ready) < Now))
        {
            World.Queue.At(created + (500 * SimTime.Millisecond), pools[revision.Name].StartDeployCheck);
        }
    }

    /// <summary>Applies the shares of traffic that hold now.</summary>
    private void Share()
    {
        var weights = Weights();
        foreach (var (name, pool) in pools)
        {
            pool.Update(revisions[name], weights.Any(w => w.Revision.Name == name));
        }
    }

    /// <summary>
    /// Shares now. What is to go to a revision that is not ready yet goes to the newest one that is: history is played with the
    /// settings of today, and before a deployment its predecessor served.
    /// </summary>
    private List<(WorkloadRevision Revision, int Percent)> Weights()
    {
        if (gone)
        {
            return [];
        }

        var ready = revisions.Values.Where(r => r.ReadyAt is { } at && SimTime.From(at) <= Now).ToList();
        var fallback = ready.MaxBy(r => r.Created);
        var weights = new List<(WorkloadRevision, int)>();
        foreach (var revision in revisions.Values.Where(r => r.Percent > 0))
        {
            var target = ready.Contains(revision) ? revision : fallback ?? revision;
            weights.Add((target, revision.Percent));
        }

        return weights;
    }

    private WorkloadRevision? PickRevision()
    {
        var weights = Weights();
        if (weights.Count == 0)
        {
            return null;
        }

        var point = World.Random.Between(0, Math.Max(1, weights.Sum(w => w.Percent)));
        foreach (var (revision, percent) in weights)
        {
            point -= percent;
            if (point < 0)
            {
                return revision;
            }
        }

        return weights[^1].Revision;
    }
}
