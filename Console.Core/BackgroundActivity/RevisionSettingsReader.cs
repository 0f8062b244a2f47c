using System.Text.Json;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Reads the settings that verdicts need from a list of revisions, as people have it: the answer of the Admin API v2
/// (<c>{"revisions":[{"name":"projects/…","containers":[{"resources":{"cpuIdle":true}}]}]}</c>), a bare array of the same, or what
/// <c>gcloud run revisions list --format=json</c> prints (Knative objects with the annotation
/// <c>run.googleapis.com/cpu-throttling</c>, whose absence means throttled).
/// </summary>
public static class RevisionSettingsReader
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>
    /// Parses a list. Each revision is entered under its full key, and under keys without project (and location) where those
    /// are not ambiguous: a list may name the project by its number.
    /// </summary>
    /// <exception cref="FormatException">Not JSON, or no revision in it; the message says what was expected.</exception>
    public static IReadOnlyDictionary<RevisionKey, RevisionSettings> Read(ReadOnlyMemory<byte> json)
    {
        var found = new List<(RevisionKey Key, RevisionSettings Settings)>();
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(json), Lenient);
            foreach (var revision in ListIn(document.RootElement))
            {
                if (revision.ValueKind == JsonValueKind.Object && Parse(revision) is { } parsed)
                {
                    found.Add(parsed);
                }
            }
        }
        catch (JsonException e)
        {
            throw new FormatException($"not JSON: {e.Message}", e);
        }

        return found.Count > 0
            ? Index(found)
            : throw new FormatException("no revision in it; expected {\"revisions\":[…]}, an array of revisions, or what gcloud run revisions list --format=json prints.");
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) =>
        json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;

    private static List<JsonElement> ListIn(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return [.. root.EnumerateArray()];
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        foreach (var name in (ReadOnlySpan<string>)["revisions", "items"])
        {
            if (root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                return [.. list.EnumerateArray()];
            }
        }

        return [root];
    }

    private static (RevisionKey Key, RevisionSettings Settings)? Parse(JsonElement revision) =>
        revision.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            ? ParseKnative(revision, metadata)
            : ParseV2(revision);

    /// <summary><c>projects/P/locations/L/services/S/revisions/R</c>; a revision of a worker pool has no requests and no verdict.</summary>
    private static (RevisionKey Key, RevisionSettings Settings)? ParseV2(JsonElement revision)
    {
        var parts = Text(revision, "name").Split('/');
        if (parts.Length != 8 || parts[4] != "services" || parts[6] != "revisions")
        {
            return null;
        }

        var container = IngressContainer(revision);
        var concurrency = Number(revision, "maxInstanceRequestConcurrency");

        // The server fills in "resources": there an absent cpuIdle means false. Without "resources" the documented default is true.
        var requestBased = container.ValueKind == JsonValueKind.Object
            && (!container.TryGetProperty("resources", out var resources)
                || (resources.ValueKind == JsonValueKind.Object && resources.TryGetProperty("cpuIdle", out var idle) && idle.ValueKind == JsonValueKind.True));
        return (
            new RevisionKey(parts[1], parts[3], parts[5], parts[7]),
            new RevisionSettings(requestBased ? BillingMode.RequestBased : BillingMode.InstanceBased, concurrency));
    }

    private static (RevisionKey Key, RevisionSettings Settings)? ParseKnative(JsonElement revision, JsonElement metadata)
    {
        var labels = Child(metadata, "labels");
        var name = Text(metadata, "name");
        var service = Text(labels, "serving.knative.dev/service");
        if (name.Length == 0 || service.Length == 0)
        {
            return null;
        }

        // Written "false" or "False"; absent means throttled.
        var throttling = Text(Child(metadata, "annotations"), "run.googleapis.com/cpu-throttling");
        var instanceBased = string.Equals(throttling, "false", StringComparison.OrdinalIgnoreCase);
        return (
            new RevisionKey(Text(metadata, "namespace"), Text(labels, "cloud.googleapis.com/location"), service, name),
            new RevisionSettings(
                instanceBased ? BillingMode.InstanceBased : BillingMode.RequestBased,
                Number(Child(revision, "spec"), "containerConcurrency")));
    }

    private static JsonElement IngressContainer(JsonElement revision)
    {
        if (!revision.TryGetProperty("containers", out var containers) || containers.ValueKind != JsonValueKind.Array)
        {
            return default;
        }

        var first = default(JsonElement);
        foreach (var container in containers.EnumerateArray())
        {
            if (container.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            if (container.TryGetProperty("ports", out var ports) && ports.ValueKind == JsonValueKind.Array && ports.GetArrayLength() > 0)
            {
                return container;
            }

            first = first.ValueKind == JsonValueKind.Undefined ? container : first;
        }

        return first;
    }

    private static Dictionary<RevisionKey, RevisionSettings> Index(List<(RevisionKey Key, RevisionSettings Settings)> found)
    {
        var index = new Dictionary<RevisionKey, RevisionSettings>();
        var ambiguous = new HashSet<RevisionKey>();
        foreach (var (key, settings) in found)
        {
            foreach (var loose in (ReadOnlySpan<RevisionKey>)[key with { Project = "" }, key with { Project = "", Location = "" }])
            {
                if (index.TryGetValue(loose, out var other) && other != settings)
                {
                    ambiguous.Add(loose);
                }

                index[loose] = settings;
            }
        }

        foreach (var key in ambiguous)
        {
            index.Remove(key);
        }

        foreach (var (key, settings) in found)
        {
            index[key] = settings;
        }

        return index;
    }

    private static JsonElement Child(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    private static string Text(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() ?? "" : "";

    private static int Number(JsonElement element, string name) =>
        Child(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : 0;
}
