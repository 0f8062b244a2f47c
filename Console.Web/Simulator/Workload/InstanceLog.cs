using OpsConsole.Web.Simulator.Logging;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>Writes an instance's entries, and the truth about each.</summary>
internal sealed class InstanceLog
{
    private readonly ServiceWorld world;
    private readonly string revision;
    private readonly LogResource resource;
    private readonly KeyValuePair<string, string>[] labels;
    private readonly Dictionary<string, KeyValuePair<string, string>[]> containerLabels = new(StringComparer.Ordinal);

    public InstanceLog(ServiceWorld world, string revision, string instanceId)
    {
        this.world = world;
        this.revision = revision;
        InstanceId = instanceId;
        resource = world.Resource(revision);
        labels = [new("instanceId", instanceId)];
    }

    public string InstanceId { get; }

    /// <summary>How long after the end the web server writes its access line: about a millisecond, at times much more.</summary>
    public long AccessDelay() => world.Random.Unit() switch
    {
        < 0.94 => world.Random.Between(800, 1500),
        < 0.99 => world.Random.Between(1500, 7500),
        _ => world.Random.Between(7500, 45_000),
    };

    public void Platform(LogLine line, long at) => Line(line, at, EntryClass.Platform, null);

    public void Line(
        LogLine line, long at, EntryClass kind, SimRequest? request, int inFlight = 0, SimRequest? wokenBy = null, long frozen = 0)
    {
        var insertId = world.Writer.Line(line, at, resource, Labels(line), request, world.Random);
        world.Truth.Add(new TruthEntry(insertId, at, revision, InstanceId, kind, request, wokenBy, frozen, inFlight));
    }

    /// <summary>Writes the entry of a request that a container answered, or that the platform ended.</summary>
    public void Request(SimRequest request, int status, string? text)
    {
        var ended = request.Ended!.Value;
        var waited = request.Begun - request.Arrived;

        // Seen in 1.7 % of real requests, all cold starts or scale-outs: the latency leaves the wait for the instance out, wholly or in part.
        var leftOut = waited > 700 * SimTime.Millisecond && world.Random.Chance(world.Behaviour.LatencyLeavesWaitOut)
            ? (long)(waited * (world.Random.Chance(0.7) ? 1 : world.Random.Between(0.4, 0.9)))
            : 0;
        request.InsertId = world.Writer.Request(
            request, ended + WriteDelay(), ended - request.Arrived - leftOut, status, text, world.Host, resource, labels, world.Random);
        world.Truth.Add(request);
    }

    /// <summary>Write time − end: p5 1.2 ms, median 1.8 ms, p75 4.2 ms, p90 35 ms, p95 66 ms.</summary>
    private long WriteDelay() => world.Random.Unit() switch
    {
        < 0.5 => world.Random.Between(1_150, 1_850),
        < 0.75 => world.Random.Between(1_850, 4_200),
        < 0.9 => world.Random.Between(4_200, 35_000),
        < 0.96 => world.Random.Between(35_000, 70_000),
        _ => world.Random.Between(1_500, 3_000),
    };

    private KeyValuePair<string, string>[] Labels(LogLine line)
    {
        if (line.Stream == LogStream.System)
        {
            return labels;
        }

        var container = line.Container ?? "";
        if (!containerLabels.TryGetValue(container, out var own))
        {
            var extra = world.Behaviour.ContainerLabels(line.Container);
            containerLabels[container] = own = extra.Length == 0 ? labels : [.. labels, .. extra];
        }

        return own;
    }
}
