using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>What settings are called on screen, and how their values read.</summary>
internal static class SettingWords
{
    private static readonly Dictionary<string, string> OfService = new(StringComparer.Ordinal)
    {
        ["traffic"] = "Traffic",
        ["scaling.minInstanceCount"] = "Minimum instances of the service",
        ["scaling.maxInstanceCount"] = "Maximum instances of the service",
        ["scaling.scalingMode"] = "Scaling",
        ["scaling.manualInstanceCount"] = "Instances, set by hand",
        ["template.scaling.cpuUtilization"] = "CPU target of the autoscaler",
        ["template.scaling.concurrencyUtilization"] = "Concurrency target of the autoscaler",
        ["launchStage"] = "Launch stage",
    };

    /// <summary>The name of a setting.</summary>
    /// <param name="path">As <see cref="SettingPath"/> prints it.</param>
    /// <param name="loneContainer">Without sidecars, the container is not named.</param>
    public static string Name(string path, bool loneContainer) =>
        OfService.TryGetValue(path, out var name) ? name
        : path.StartsWith("template.", StringComparison.Ordinal) ? RevisionField.Describe(OfRevision(path, loneContainer)).Name
        : path;

    /// <summary>A value for people; what absent means is said.</summary>
    public static string Value(string path, JsonNode? value, ServiceDocument document)
    {
        switch (path)
        {
            case "traffic":
                return TrafficList.Words(value);
            case "scaling.minInstanceCount":
                return Text(value) ?? "0";
            case "scaling.maxInstanceCount":
                return Text(value) is { } maximum and not "0" ? maximum : "none set";
            case "scaling.scalingMode":
                return Text(value) == "MANUAL" ? "manual" : "automatic";
            case "template.maxInstanceRequestConcurrency":
                return Text(value) is { } set and not "0" ? set : $"{document.Concurrency} (default)";
            case "template.scaling.cpuUtilization" or "template.scaling.concurrencyUtilization":
                return ScalingTarget.Words(value);
        }

        if (!path.StartsWith("template.", StringComparison.Ordinal))
        {
            return Text(value) ?? "not set";
        }

        var field = RevisionField.Describe(OfRevision(path, loneContainer: false));
        return field.IsSecret && value is not null ? RawJsonMask.Hidden
            : Text(value) is { } said ? field.Format(said)
            : field.Default is { } absent ? field.Format(absent) + (absent is "false" or "0" ? "" : " (default)")
            : path.EndsWith("executionEnvironment", StringComparison.Ordinal) ? "automatic"
            : "not set";
    }

    private static string OfRevision(string path, bool loneContainer)
    {
        var field = path["template.".Length..];
        return loneContainer && field.StartsWith("containers[", StringComparison.Ordinal) && field.IndexOf(']', StringComparison.Ordinal) is > 0 and var end
            ? $"containers[0]{field[(end + 1)..]}"
            : field;
    }

    private static string? Text(JsonNode? value) =>
        value is null ? null
        : value is JsonValue scalar && scalar.GetValueKind() == JsonValueKind.String ? scalar.GetValue<string>()
        : value.ToJsonString();
}
