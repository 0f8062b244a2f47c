using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpsConsole.Web.Simulator.CloudRun.Rules;

/// <summary>
/// "Cloud Run API v2 does not support labels with run.googleapis.com, cloud.googleapis.com, serving.knative.dev, or
/// autoscaling.knative.dev namespaces, and they will be rejected" (service.proto); the same for annotations.
/// </summary>
internal static partial class LabelRules
{
    private static readonly string[] Reserved =
        ["run.googleapis.com", "cloud.googleapis.com", "serving.knative.dev", "autoscaling.knative.dev"];

    public static ApiError? Check(JsonObject resource, string path)
    {
        foreach (var map in (string[])["labels", "annotations"])
        {
            foreach (var (key, value) in resource.Child(map))
            {
                var field = path.Length == 0 ? map : $"{path}.{map}";
                if (Reserved.Any(prefix => key.StartsWith(prefix + "/", StringComparison.Ordinal)))
                {
                    // Wording UNCONFIRMED.
                    return ApiError.InvalidArgument($"{field}: System annotations and labels are not supported in this API version: '{key}'.");
                }

                if (map == "labels" && (!LabelKey().IsMatch(key) || !LabelValue().IsMatch(value!.GetValue<string>())))
                {
                    return ApiError.InvalidArgument(
                        $"{field}: Label '{key}' is not valid: keys and values are at most 63 lower-case letters, digits, - and _.");
                }
            }
        }

        return null;
    }

    // https://cloud.google.com/resource-manager/docs/labels-overview
    [GeneratedRegex(@"^\p{Ll}[\p{Ll}\p{Nd}_-]{0,62}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"^[\p{Ll}\p{Nd}_-]{0,63}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelValue();
}
