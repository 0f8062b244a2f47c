using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>What people change in a service, as edits of its JSON.</summary>
internal static class Edits
{
    private const string Registry = "europe-docker.pkg.dev/acme-prod/run/";

    public static JsonObject Image(this JsonObject service, string image) => service.Set(service.First(), "image", Registry + image);

    public static JsonObject Limits(this JsonObject service, string cpu, string memory) =>
        service.Set((JsonObject)service.First()["resources"]!, "limits", new JsonObject { ["cpu"] = cpu, ["memory"] = memory });

    public static JsonObject Boost(this JsonObject service, bool on) => service.Set((JsonObject)service.First()["resources"]!, "startupCpuBoost", on);

    public static JsonObject CpuIdle(this JsonObject service, bool on) => service.Set((JsonObject)service.First()["resources"]!, "cpuIdle", on);

    public static JsonObject MaxInstances(this JsonObject service, int count) => service.Set((JsonObject)service["template"]!["scaling"]!, "maxInstanceCount", count);

    public static JsonObject Concurrency(this JsonObject service, int count) =>
        service.Set((JsonObject)service["template"]!, "maxInstanceRequestConcurrency", count);

    public static JsonObject Timeout(this JsonObject service, string timeout) => service.Set((JsonObject)service["template"]!, "timeout", timeout);

    public static JsonObject Label(this JsonObject service, string key, string value)
    {
        var labels = service["labels"] as JsonObject ?? [];
        labels[key] = value;
        service["labels"] = labels.DeepClone();
        return service;
    }

    /// <summary>Sets a variable of the first container.</summary>
    public static JsonObject Env(this JsonObject service, string name, string value)
    {
        var variables = service.First()["env"] as JsonArray ?? [];
        var others = variables.OfType<JsonObject>().Where(v => v.Text("name") != name).Select(static v => v.DeepClone());
        service.First()["env"] = new JsonArray([.. others, new JsonObject { ["name"] = name, ["value"] = value }]);
        return service;
    }

    private static JsonObject First(this JsonObject service) => (JsonObject)service["template"]!["containers"]![0]!;

    private static JsonObject Set(this JsonObject service, JsonObject target, string key, JsonNode value)
    {
        target[key] = value;
        return service;
    }
}
