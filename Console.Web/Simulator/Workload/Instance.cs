using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>
/// One container instance: it starts, takes requests, has CPU or not, and goes away. With request-based billing the CPU stops a few
/// milliseconds after the last request in flight has ended; work that is pending then stands still until the next request.
/// </summary>
internal sealed class Instance
{
    /// <summary>"Instances are kept idle for up to 15 minutes."</summary>
    private const long IdleMinimum = 14 * SimTime.Minute;
    private const long IdleMaximum = (15 * SimTime.Minute) + (30 * SimTime.Second);
    private const long Grace = 10 * SimTime.Second;

    private readonly ServiceWorld world;
    private readonly RevisionPool pool;
    private readonly InstanceLog log;
    private readonly List<SimRequest> aboard = [];
    private readonly List<BackgroundTask> tasks = [];
    private readonly long phase;
    private CpuSupply supply = CpuSupply.Full;
    private SimRequest? wokenBy;
    private double memory;

    public Instance(ServiceWorld world, RevisionPool pool)
    {
        this.world = world;
        this.pool = pool;
        log = new InstanceLog(world, pool.Name, world.Random.Hex(154));
        phase = world.Random.Between(0, (int)CpuClock.Period);
        memory = world.Behaviour.BaseMemory;
    }

    public string Id => log.InstanceId;

    public InstanceState State { get; private set; } = InstanceState.Starting;

    public int InFlight => aboard.Count;

    /// <summary>When it last began or ended a request.</summary>
    public long LastActive { get; private set; }

    public bool CanTake => State == InstanceState.Ready && InFlight < Math.Max(1, pool.Settings.Concurrency);

    public bool IsLive => State is InstanceState.Starting or InstanceState.Ready or InstanceState.Draining;

    private long Now => world.Queue.Now;

    /// <summary>Starts; ready after <paramref name="duration"/>, or when told so if that is null.</summary>
    public void Start(StartReason reason, long? duration)
    {
        log.Platform(PlatformText.Starting(reason), Now);
        LastActive = Now;
        var span = duration ?? world.Behaviour.ColdStart(world.Random, boost: pool.Settings.StartupCpuBoost);
        foreach (var (share, line) in world.Behaviour.Startup(world.Random))
        {
            world.Queue.In((long)(span * share), () => log.Line(line, Now, EntryClass.Startup, null));
        }

        if (duration is { } known)
        {
            world.Queue.In(known, BecomeReady);
        }
    }

    /// <summary>The start-up probe succeeded.</summary>
    public void BecomeReady()
    {
        if (State != InstanceState.Starting)
        {
            return;
        }

        log.Platform(PlatformText.ProbeSucceeded(world.Behaviour.ContainerName(world.Name), world.Behaviour.Port, world.Behaviour.ProbePath), Now);
        State = InstanceState.Ready;
        LastActive = Now;
        foreach (var work in world.Behaviour.Periodic(world.Random))
        {
            Add(new BackgroundTask(BackgroundKind.Periodic, null, pool.Name, Now, work));
        }

        UpdateSupply(null);
        WatchIdle();
        pool.OnCapacity();
    }

    /// <summary>The start-up probe never succeeded.</summary>
    public void FailToStart()
    {
        if (State == InstanceState.Starting)
        {
            log.Platform(PlatformText.ProbeFailed(world.Behaviour.ContainerName(world.Name), world.Behaviour.Port, world.Behaviour.ProbePath), Now);
            State = InstanceState.Gone;
            pool.Remove(this);
        }
    }

    /// <summary>Takes a request.</summary>
    public void Begin(SimRequest request)
    {
        request.Begun = Now;
        LastActive = Now;
        aboard.Add(request);
        UpdateSupply(request);

        var plan = request.Plan;
        foreach (var (offset, line) in plan.Lines)
        {
            world.Queue.In(offset, () => InRequest(request, line));
        }

        foreach (var (offset, record) in plan.Records)
        {
            var write = new AuditWrite(record, request, Id, background: false);
            world.Truth.Add(write);
            world.Queue.In(offset, () => InRequest(request, write));
        }

        foreach (var (offset, service) in plan.Calls)
        {
            world.Queue.In(offset, () => world.Call(service, request));
        }

        memory += plan.Leak;
        if (memory > pool.Settings.MemoryMiB && plan.Leak > 0)
        {
            world.Queue.In(plan.Duration / 2, OutOfMemory);
        }

        var timeout = SimTime.Of(pool.Settings.Timeout);
        if (plan.Duration <= timeout || timeout <= 0)
        {
            world.Queue.In(plan.Duration, () => End(request, plan.Status, null));
        }
        else
        {
            // A connection that was upgraded is closed with the status it began with.
            world.Queue.In(timeout, () => End(request, plan.IsWebSocket ? 101 : 504, plan.IsWebSocket ? null : PlatformText.Timeout));
        }
    }

    /// <summary>No new requests; stops when the last one ends, since its revision was replaced or there are too many.</summary>
    public void Drain()
    {
        if (State is InstanceState.Starting or InstanceState.Ready)
        {
            State = InstanceState.Draining;
            StopWhenDrained();
        }
    }

    /// <summary>SIGTERM. The platform announces it only when a revision was disabled; idle scale-in is silent.</summary>
    public void Stop(bool announced)
    {
        if (!IsLive)
        {
            return;
        }

        State = InstanceState.Stopping;
        UpdateSupply(null);
        if (announced)
        {
            log.Platform(PlatformText.Disabled, Now);
        }

        // What stood still for minutes has lost its connections and transactions: the CPU of the last ten seconds does not bring it back.
        LoseTasks(static t => t.WasFrozen || t.Kind == BackgroundKind.Periodic);
        var last = Now;
        foreach (var (offset, line) in world.Behaviour.Shutdown(world.Random))
        {
            last = Math.Max(last, Now + offset);
            world.Queue.In(offset, () => log.Line(line, Now, EntryClass.Shutdown, null));
        }

        pool.Remove(this);
        world.Queue.At(tasks.Count > 0 ? Now + Grace : last + SimTime.Millisecond, Kill);
    }

    private void Kill()
    {
        LoseTasks(static _ => true);
        State = InstanceState.Gone;
    }

    private void OutOfMemory()
    {
        if (!IsLive)
        {
            return;
        }

        var limit = pool.Settings.MemoryMiB;
        log.Platform(PlatformText.MemoryExceeded(limit, limit + world.Random.Between(1, 24)), Now);
        log.Platform(PlatformText.Signal9, Now + world.Random.Between(40_000, 900_000));
        State = InstanceState.Gone;
        LoseTasks(static _ => true);
        pool.Remove(this);
        foreach (var request in aboard.ToArray())
        {
            End(request, 503, PlatformText.TooMuchMemory);
        }
    }

    private void InRequest(SimRequest request, LogLine line)
    {
        if (request.Ended is null)
        {
            log.Line(line, Now, EntryClass.InRequest, request, InFlight);
        }
    }

    private void InRequest(SimRequest request, AuditWrite record)
    {
        if (request.Ended is null)
        {
            world.Commit(record);
        }
        else
        {
            record.Lose();
        }
    }

    private void End(SimRequest request, int status, string? text)
    {
        if (request.Ended is not null)
        {
            return;
        }

        aboard.Remove(request);
        request.Ended = Now;
        LastActive = Now;
        log.Request(request, status, text);
        if (State != InstanceState.Gone && text is null)
        {
            if (request.Plan.Access is { } access)
            {
                log.Line(access, Now + log.AccessDelay(), EntryClass.Boundary, request, InFlight);
            }

            foreach (var work in request.Plan.Background)
            {
                request.HasBackground = true;
                var task = new BackgroundTask(work.Kind, request, pool.Name, Now, work.Steps);
                foreach (var step in work.Steps)
                {
                    if (step.Record is { } record)
                    {
                        var write = new AuditWrite(record, request, Id, background: true);
                        task.Records[step] = write;
                        world.Truth.Add(write);
                    }
                }

                Add(task);
            }
        }

        if (State is not (InstanceState.Ready or InstanceState.Draining))
        {
            return;
        }

        if (InFlight == 0)
        {
            // The CPU goes a few milliseconds after the end, not with it.
            world.Queue.In(world.Random.Between(3_000, 15_000), () => UpdateSupply(null));
            WatchIdle();
            StopWhenDrained();
        }

        pool.OnCapacity();
    }

    private void StopWhenDrained()
    {
        if (State == InstanceState.Draining && InFlight == 0)
        {
            world.Queue.In(world.Random.Between(20_000, 400_000), () => Stop(announced: true));
        }
    }

    private void WatchIdle()
    {
        var mark = LastActive;
        world.Queue.In(IdleMinimum + (long)(world.Random.Unit() * (IdleMaximum - IdleMinimum)), () =>
        {
            if (State == InstanceState.Ready && InFlight == 0 && LastActive == mark && !pool.TryScaleIn(this))
            {
                WatchIdle();
            }
        });
    }

    private void Add(BackgroundTask task)
    {
        tasks.Add(task);
        if (task.Kind != BackgroundKind.Periodic)
        {
            world.Truth.Add(task);
        }

        Plan(task);
    }

    private void Plan(BackgroundTask task)
    {
        var version = task.Version;
        var finish = task.Finish(supply, phase);
        if (finish != long.MaxValue)
        {
            world.Queue.At(finish, () =>
            {
                if (task.Version == version && task.State == BackgroundState.Pending)
                {
                    StepDone(task);
                }
            });
        }
    }

    private void StepDone(BackgroundTask task)
    {
        if (task.Records.GetValueOrDefault(task.Step) is { } record)
        {
            world.Commit(record);
        }

        if (task.Step.Line is { } line)
        {
            var kind = task switch
            {
                { Origin: null } => InFlight == 0 ? EntryClass.IdleInstance : EntryClass.Unattributed,
                { WasFrozen: true } => EntryClass.Resumed,
                _ => EntryClass.AfterResponse,
            };
            log.Line(line, Now, kind, task.Origin, InFlight, kind == EntryClass.Resumed ? wokenBy : null, task.FrozenSinceLine);
        }

        if (task.Next(Now))
        {
            Plan(task);
        }
        else
        {
            tasks.Remove(task);
        }
    }

    private void LoseTasks(Func<BackgroundTask, bool> which)
    {
        foreach (var task in tasks.Where(which).ToArray())
        {
            task.Lose(Now);
            tasks.Remove(task);
        }
    }

    private CpuSupply Desired() => State switch
    {
        InstanceState.Starting or InstanceState.Stopping => CpuSupply.Full,
        _ when !pool.Settings.CpuIdle || InFlight > 0 => CpuSupply.Full,
        _ => world.Behaviour.IdleSupply,
    };

    /// <summary>Gives or takes the CPU, when something changed that decides it.</summary>
    private void UpdateSupply(SimRequest? waking)
    {
        var desired = Desired();
        if (desired == supply)
        {
            return;
        }

        foreach (var task in tasks)
        {
            task.Settle(supply, phase, Now);
        }

        if (supply == CpuSupply.Frozen)
        {
            wokenBy = waking;
        }

        supply = desired;
        foreach (var task in tasks)
        {
            Plan(task);
        }
    }
}
