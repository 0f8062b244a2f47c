using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.ProtoJson;

namespace OpsConsole.Core.Changes;

/// <summary>
/// The raw JSON of a service (or worker pool) while a change is worked out on it. What no type knows stays in it untouched;
/// the readings below are those that changes and rules need. Field names: google/cloud/run/v2/service.proto.
/// </summary>
internal sealed class ServiceDocument
{
    private const NumberStyles Integral = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private ServiceDocument(JsonObject root) => Root = root;

    /// <summary>The whole resource.</summary>
    public JsonObject Root { get; }

    /// <summary>The settings of the next revision; null where the resource has none.</summary>
    public JsonObject? Template => Root["template"] as JsonObject;

    /// <summary>All containers, in their order.</summary>
    public IReadOnlyList<JsonObject> Containers => [.. (Template?["containers"] as JsonArray ?? []).OfType<JsonObject>()];

    /// <summary>The container that takes requests: the one with ports, else the only one.</summary>
    public JsonObject? Ingress =>
        Containers.FirstOrDefault(static c => c["ports"] is JsonArray { Count: > 0 }) ?? (Containers.Count == 1 ? Containers[0] : null);

    /// <summary>CPU of all containers in thousandths; the documented default is one CPU each.</summary>
    public int CpuMillis =>
        (int)Math.Min(int.MaxValue, Containers.Sum(static c => Quantity.TryParseCpuMillis(Limit(c, "cpu"), out var millis) ? (long)millis : 1000));

    /// <summary>Memory of all containers in bytes; the documented default is 512 MiB each.</summary>
    public long MemoryBytes =>
        (long)Math.Min(long.MaxValue, Containers.Sum(static c => Quantity.TryParseBytes(Limit(c, "memory"), out var bytes) ? (decimal)bytes : 512L << 20));

    /// <summary>True where an instance has a GPU: by its kind, or by the number of them on a container.</summary>
    public bool HasGpu =>
        Text(Template?["nodeSelector"], "accelerator").Length > 0
        || Containers.Any(static c => Limit(c, "nvidia.com/gpu") is { Length: > 0 } count && count != "0");

    /// <summary>True where any container has CPU always, which is what the instance is billed by.</summary>
    public bool CpuAlways => Containers.Any(static c => !CpuIdle(c));

    /// <summary>Second generation, asked for or brought along by volumes on Cloud Storage or NFS.</summary>
    public bool IsGen2 => Text(Template, "executionEnvironment") == "EXECUTION_ENVIRONMENT_GEN2" || VolumesNeedGen2;

    /// <summary>Volumes on Cloud Storage or NFS exist in the second generation alone.</summary>
    public bool VolumesNeedGen2 =>
        (Template?["volumes"] as JsonArray ?? []).OfType<JsonObject>().Any(static v => v["gcs"] is not null || v["nfs"] is not null);

    /// <summary>Requests at once per instance, with the default filled in.</summary>
    public int Concurrency => Number(Template, "maxInstanceRequestConcurrency") is { } set and > 0 ? set : CpuMillis < 1000 ? 1 : 80;

    /// <summary>Request timeout; absent means 300 s.</summary>
    public TimeSpan Timeout => ProtoDuration.TryParse(Text(Template, "timeout"), out var timeout) ? timeout : TimeSpan.FromSeconds(300);

    /// <summary>Service-level minimum; 0 where none is set.</summary>
    public int ServiceMinimum => Number(Root["scaling"], "minInstanceCount") ?? 0;

    /// <summary>Service-level maximum; 0 where none is set.</summary>
    public int ServiceMaximum => Number(Root["scaling"], "maxInstanceCount") ?? 0;

    /// <summary>The template's own minimum.</summary>
    public int RevisionMinimum => Number(Template?["scaling"], "minInstanceCount") ?? 0;

    /// <summary>The template's own maximum, with the server's default of 100 filled in.</summary>
    public int RevisionMaximum => Number(Template?["scaling"], "maxInstanceCount") is { } set and > 0 ? set : EffectiveScaling.DefaultMaximum;

    /// <summary>True in manual scaling.</summary>
    public bool IsManual => Text(Root["scaling"], "scalingMode") == "MANUAL";

    /// <summary>The manual count; null where unset.</summary>
    public int? ManualCount => Number(Root["scaling"], "manualInstanceCount");

    /// <summary>Wanted traffic; empty means all to the latest revision.</summary>
    public IReadOnlyList<JsonObject> Traffic => [.. (Root["traffic"] as JsonArray ?? []).OfType<JsonObject>()];

    /// <summary>Per cent that the latest ready revision receives, whichever it is.</summary>
    public int LatestPercent => Traffic.Count == 0 ? 100 : Traffic.Where(IsLatest).Sum(static t => Number(t, "percent") ?? 0);

    /// <summary>Parses raw JSON; null where it is no object, names a field twice, or holds text that is none (half of a surrogate pair).</summary>
    public static ServiceDocument? Parse(string rawJson)
    {
        try
        {
            if (JsonNode.Parse(rawJson, null, Strict) is not JsonObject root)
            {
                return null;
            }

            Read(root);
            return new ServiceDocument(root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A copy to edit.</summary>
    public ServiceDocument Copy() => new((JsonObject)Root.DeepClone());

    /// <summary>
    /// CPU only during requests. Without a <c>resources</c> object the documented default holds, which is true; with one, absent is false.
    /// </summary>
    public static bool CpuIdle(JsonObject container) =>
        container["resources"] is not JsonObject resources || (resources["cpuIdle"] is JsonValue value && value.TryGetValue<bool>(out var idle) && idle);

    /// <summary>True for a target of the latest ready revision.</summary>
    public static bool IsLatest(JsonObject target) => Text(target, "type") is "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" || Text(target, "revision").Length == 0;

    /// <summary>A string of an object; empty where absent.</summary>
    public static string Text(JsonNode? of, string key) =>
        of is JsonObject found && found[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary>An int32 of an object; null where absent.</summary>
    public static int? Number(JsonNode? of, string key) =>
        of is not JsonObject found || found[key] is not JsonValue value ? null
        : value.TryGetValue<int>(out var number) ? number

        // proto3 JSON reads a number in quotes, and one with a fraction of zero, as the same number.
        : int.TryParse(value.TryGetValue<string>(out var text) ? text : value.ToJsonString(), Integral, CultureInfo.InvariantCulture, out var spelled) ? spelled
        : null;

    /// <summary>The object under a key, made where it is absent.</summary>
    public static JsonObject Ensure(JsonObject of, string key)
    {
        if (of[key] is not JsonObject child)
        {
            of[key] = child = [];
        }

        return child;
    }

    /// <summary>The template, made where it is absent.</summary>
    public JsonObject EnsureTemplate() => Ensure(Root, "template");

    /// <summary>
    /// The <c>resources</c> of a container for writing. Where there was none the billing was request-based, and says so from now
    /// on: a <c>resources</c> object without <c>cpuIdle</c> would silently switch to instance-based.
    /// </summary>
    public static JsonObject EnsureResources(JsonObject container)
    {
        if (container["resources"] is not JsonObject resources)
        {
            container["resources"] = resources = new JsonObject { ["cpuIdle"] = true };
        }

        return resources;
    }

    private static string Limit(JsonObject container, string key) => Text((container["resources"] as JsonObject)?["limits"], key);

    // What the parser puts off until a value is asked for shows now, and not in the middle of a plan.
    private static void Read(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject found:
                foreach (var (_, child) in found)
                {
                    Read(child);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Read(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                _ = value.GetValue<string>();
                break;
        }
    }
}
