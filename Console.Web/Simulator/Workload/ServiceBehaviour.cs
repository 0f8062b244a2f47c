namespace OpsConsole.Web.Simulator.Workload;

/// <summary>What kind of program a service is: how it is called, what it does and what it logs.</summary>
internal abstract class ServiceBehaviour
{
    public abstract TrafficShape Traffic { get; }

    /// <summary>Requests on one instance above which another is started: what the CPU can bear, not the concurrency setting.</summary>
    public virtual int TargetInFlight => 6;

    /// <summary>CPU of an idle instance under request-based billing.</summary>
    public virtual CpuSupply IdleSupply => CpuSupply.Frozen;

    /// <summary>Memory in MiB after the start.</summary>
    public virtual double BaseMemory => 140;

    public virtual int Port => 8080;

    /// <summary>Path of the start-up probe; null for the default TCP probe.</summary>
    public virtual string? ProbePath => null;

    /// <summary>How often the latency of a request that waited for an instance leaves the wait out.</summary>
    public virtual double LatencyLeavesWaitOut => 0.5;

    /// <summary>Median cold start in seconds, without boost.</summary>
    protected virtual double ColdStartSeconds => 2.4;

    /// <summary>Makes one request.</summary>
    public abstract RequestPlan Plan(PlanContext context);

    /// <summary>Lines of the start, each at a share of its duration.</summary>
    public abstract IEnumerable<(double Share, LogLine Line)> Startup(Seeded random);

    /// <summary>Lines on SIGTERM, microseconds after it.</summary>
    public abstract IEnumerable<(long Offset, LogLine Line)> Shutdown(Seeded random);

    /// <summary>Work of each instance that no request asks for; each list of steps is repeated for ever.</summary>
    public virtual IEnumerable<IReadOnlyList<BackgroundStep>> Periodic(Seeded random) => [];

    /// <summary>Labels of a container's lines besides instanceId.</summary>
    public virtual KeyValuePair<string, string>[] ContainerLabels(string? container) => [];

    public virtual string ContainerName(string service) => $"{service}-1";

    /// <summary>Duration of a start, in microseconds.</summary>
    public long ColdStart(Seeded random, bool boost) => SimTime.Of(random.LogNormal(ColdStartSeconds, 0.18) * (boost ? 0.6 : 1));

    protected static long Milliseconds(double milliseconds) => (long)(milliseconds * SimTime.Millisecond);
}
