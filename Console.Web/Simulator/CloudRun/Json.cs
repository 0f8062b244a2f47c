using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>Reading raw resources: an absent key is the default, as in protobuf's JSON.</summary>
internal static class Json
{
    public static string Text(this JsonObject resource, string key) => resource[key]?.GetValue<string>() ?? "";

    public static int Number(this JsonObject resource, string key) => resource[key]?.GetValue<int>() ?? 0;

    public static int? OptionalNumber(this JsonObject resource, string key) => resource[key]?.GetValue<int>();

    public static long Long(this JsonObject resource, string key) =>
        long.Parse(resource[key]?.GetValue<string>() ?? "0", System.Globalization.CultureInfo.InvariantCulture);

    public static bool Flag(this JsonObject resource, string key) => resource[key]?.GetValue<bool>() ?? false;

    public static JsonObject Child(this JsonObject resource, string key) => resource[key] as JsonObject ?? [];

    public static IEnumerable<JsonObject> Children(this JsonObject resource, string key) =>
        (resource[key] as JsonArray)?.OfType<JsonObject>() ?? [];

    public static JsonObject Copy(this JsonObject resource) => (JsonObject)resource.DeepClone();
}
