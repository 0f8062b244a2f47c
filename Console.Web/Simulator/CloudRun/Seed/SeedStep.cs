using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>One deployment of the past.</summary>
/// <param name="Ago">How long before the start of the simulator.</param>
/// <param name="By">Who.</param>
/// <param name="Change">What, done to the body that a client would send.</param>
/// <param name="Fails">Whether its revision did not become ready.</param>
internal sealed record SeedStep(TimeSpan Ago, string By, Action<JsonObject> Change, bool Fails);
