using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>A service, worker pool or job and the deployments that made it what it is.</summary>
internal sealed class SeededResource
{
    private readonly List<SeedStep> steps = [];

    /// <summary>Begins with the creation.</summary>
    /// <param name="region">Where.</param>
    /// <param name="name">Short name.</param>
    /// <param name="ago">When it was created.</param>
    /// <param name="by">Who created it.</param>
    /// <param name="body">What was sent.</param>
    public SeededResource(string region, string name, TimeSpan ago, string by, string body)
    {
        Region = region;
        Name = name;
        Body = (JsonObject)JsonNode.Parse(body)!;
        steps.Add(new SeedStep(ago, by, static _ => { }, Fails: false));
    }

    public string Region { get; }

    public string Name { get; }

    public JsonObject Body { get; }

    public IReadOnlyList<SeedStep> Steps => steps;

    /// <summary>A later deployment.</summary>
    public SeededResource Then(TimeSpan ago, string by, Action<JsonObject> change, bool fails = false)
    {
        steps.Add(new SeedStep(ago, by, change, fails));
        return this;
    }
}
