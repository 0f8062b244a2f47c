using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Rules;

/// <summary>What the rules ask of a template: Cloud Run's limits are on the sum over the containers.</summary>
internal sealed class Template(JsonObject json)
{
    public JsonObject Json { get; } = json;

    public IReadOnlyList<JsonObject> Containers { get; } = [.. json.Children("containers")];

    /// <summary>Thousandths of a CPU, all containers together.</summary>
    public int MilliCpu => Containers.Sum(static c => Quantity.MilliCpu(Limit(c, "cpu")) ?? 0);

    /// <summary>Bytes, all containers together.</summary>
    public long Memory => Containers.Sum(static c => Quantity.Bytes(Limit(c, "memory")) ?? 0);

    /// <summary>Instance-based billing: cpuIdle is false, so the CPU is always allocated.</summary>
    public bool Unthrottled => Containers.Any(static c => !c.Child("resources").Flag("cpuIdle"));

    public bool Gen2 => Json.Text("executionEnvironment") == "EXECUTION_ENVIRONMENT_GEN2";

    public int Concurrency => Json.Number("maxInstanceRequestConcurrency");

    /// <summary>How many GPUs an instance has.</summary>
    public int Gpus => Containers.Sum(static c => int.TryParse(Limit(c, "nvidia.com/gpu"), out var count) ? count : 0);

    public static string Limit(JsonObject container, string name) => container.Child("resources").Child("limits").Text(name);
}
