namespace OpsConsole.Web.Simulator.Workload;

/// <summary>The instances of one revision, the requests that wait for one, and the autoscaler.</summary>
internal sealed class RevisionPool(ServiceWorld world, WorkloadRevision settings)
{
    /// <summary>Requests wait up to ten seconds for an instance at the maximum.</summary>
    private const long WaitLimit = 10 * SimTime.Second;

    /// <summary>The default start-up probe: 240 seconds in all.</summary>
    private const long ProbeLimit = 240 * SimTime.Second;

    private readonly List<Instance> instances = [];
    private readonly List<SimRequest> waiting = [];
    private Instance? deployCheck;
    private bool active;

    public string Name => Settings.Name;

    public WorkloadRevision Settings { get; private set; } = settings;

    private int Live => instances.Count;

    private int Maximum => Settings.ManualInstances ?? Math.Max(1, Settings.MaxInstances);

    private int Minimum => active ? Settings.ManualInstances ?? Settings.MinInstances : 0;

    /// <summary>New settings and share of traffic.</summary>
    public void Update(WorkloadRevision now, bool serves)
    {
        var becameReady = Settings.ReadyAt is null && now.ReadyAt is not null;
        Settings = now;
        if (becameReady)
        {
            deployCheck?.BecomeReady();
        }
        else if (now.FailedAt is { } failed && SimTime.From(failed) <= world.Queue.Now)
        {
            GiveUpDeployCheck();
        }

        var wasActive = active;
        active = serves;
        if (serves)
        {
            EnsureMinimum();
        }
        else if (wasActive)
        {
            world.Queue.In(SimTime.Of(world.Random.Between(3, 20)), Retire);
        }
    }

    /// <summary>The service is gone, or the revision serves nothing any more.</summary>
    public void Retire()
    {
        if (active)
        {
            return;
        }

        foreach (var instance in instances.ToArray())
        {
            world.Queue.In(SimTime.Of(world.Random.Between(0, 12)), instance.Drain);
        }
    }

    /// <summary>The instance that shows whether a new revision starts.</summary>
    public void StartDeployCheck()
    {
        var start = world.Queue.Now;
        long? duration = Settings.ReadyAt is { } ready ? Math.Max(SimTime.From(ready) - start - (300 * SimTime.Millisecond), SimTime.Of(0.4)) : null;
        deployCheck = StartInstance(StartReason.DeploymentRollout, duration);
        if (duration is null)
        {
            var limit = Settings.FailedAt is { } failed ? SimTime.From(failed) - (300 * SimTime.Millisecond) : start + ProbeLimit;
            world.Queue.At(Math.Max(start + SimTime.Second, limit), GiveUpDeployCheck);
        }
    }

    /// <summary>The revision failed or was deleted: an instance that is still starting will not be used.</summary>
    public void GiveUpDeployCheck()
    {
        if (Settings.ReadyAt is null)
        {
            deployCheck?.FailToStart();
        }
    }

    /// <summary>A request for this revision.</summary>
    public void Arrive(SimRequest request)
    {
        if (Settings.ManualInstances == 0)
        {
            // The front end answers 503 "Service is disabled" by itself, and nothing is logged.
            return;
        }

        if (Choose() is { } instance)
        {
            instance.Begin(request);
            return;
        }

        waiting.Add(request);
        ScaleOut();
        world.Queue.In(WaitLimit, () => GiveUp(request));
    }

    /// <summary>An instance became ready or a request ended.</summary>
    public void OnCapacity()
    {
        while (waiting.Count > 0 && Choose() is { } instance)
        {
            var request = waiting[0];
            waiting.RemoveAt(0);
            instance.Begin(request);
        }
    }

    public void Remove(Instance instance)
    {
        instances.Remove(instance);
        EnsureMinimum();
        if (waiting.Count > 0)
        {
            ScaleOut();
        }
    }

    /// <summary>Stops an idle instance unless the minimum needs it.</summary>
    public bool TryScaleIn(Instance instance)
    {
        if (Live <= Minimum)
        {
            return false;
        }

        instance.Stop(announced: false);
        return true;
    }

    private void EnsureMinimum()
    {
        while (Live < Minimum)
        {
            StartInstance(StartReason.MinimumOrManual, ColdStart());
        }

        if (active && Settings.ManualInstances is { } exactly)
        {
            foreach (var extra in instances.Skip(exactly).ToArray())
            {
                extra.Drain();
            }
        }
    }

    /// <summary>
    /// Prefers the instance used last, so that others can become idle; looks for one more instance when all that are there are busy.
    /// </summary>
    private Instance? Choose()
    {
        var target = Math.Min(world.Behaviour.TargetInFlight, Math.Max(1, Settings.Concurrency));
        var free = instances.Where(i => i.CanTake && i.InFlight < target).ToList();
        if (free.Count > 0)
        {
            return world.Random.Chance(0.8) ? free.MaxBy(i => i.LastActive) : free[world.Random.Between(0, free.Count)];
        }

        var least = instances.Where(i => i.CanTake).MinBy(i => i.InFlight);
        if (least is not null)
        {
            ScaleOut();
        }

        return least;
    }

    private void ScaleOut()
    {
        var starting = instances.Count(i => i.State == InstanceState.Starting);
        var wanted = 1 + (waiting.Count / Math.Max(1, Settings.Concurrency));
        for (; Settings.ManualInstances is null && starting < wanted && Live < Maximum; starting++)
        {
            StartInstance(StartReason.Autoscaling, ColdStart());
        }
    }

    private long ColdStart() => world.Behaviour.ColdStart(world.Random, Settings.StartupCpuBoost);

    private Instance StartInstance(StartReason reason, long? duration)
    {
        var instance = new Instance(world, this);
        instances.Add(instance);
        instance.Start(reason, duration);
        return instance;
    }

    private void GiveUp(SimRequest request)
    {
        if (!waiting.Contains(request))
        {
            return;
        }

        // A first instance that is still starting is waited for; at the maximum, with all busy, nothing is.
        if (instances.Exists(i => i.State == InstanceState.Starting) && !instances.Exists(i => i.State == InstanceState.Ready)
            && world.Queue.Now - request.Arrived < ProbeLimit)
        {
            world.Queue.In(WaitLimit, () => GiveUp(request));
            return;
        }

        waiting.Remove(request);
        request.Rejected = true;
        request.Ended = world.Queue.Now;

        // No instance, latency 0, though the caller waited: that is how Cloud Run logs it.
        request.InsertId = world.Writer.Request(
            request, world.Queue.Now, -1, 429, PlatformText.NoInstance, world.Host, world.Resource(Name), [], world.Random);
        world.Truth.Add(request);
    }
}
