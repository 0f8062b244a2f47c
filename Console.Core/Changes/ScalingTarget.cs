using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Core.Changes;

/// <summary>
/// A target of the autoscaler in raw JSON. Whether v2 has it as per cent or as a fraction is not documented: what is there tells,
/// and where nothing is there it is written as per cent, the unit of the console and of gcloud.
/// </summary>
internal static class ScalingTarget
{
    /// <summary>The key under which a target stands: whichever is there, as the names of v2 are not documented; else that of the Terraform provider.</summary>
    /// <param name="scaling">The scaling of a template.</param>
    /// <param name="word"><c>cpu</c> or <c>concurrency</c>.</param>
    public static string KeyOf(JsonObject? scaling, string word) =>
        scaling?.Select(static p => p.Key).FirstOrDefault(k => k.Contains(word, StringComparison.OrdinalIgnoreCase)) ?? word + "Utilization";

    /// <summary>The value to write, in the unit of the present one.</summary>
    public static JsonNode Write(JsonNode? present, int percent) =>
        present is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.GetValue<double>() is > 0 and <= 1
            ? JsonValue.Create(percent / 100.0)
            : present is JsonValue text && text.GetValueKind() == JsonValueKind.String ? JsonValue.Create(percent.ToString(CultureInfo.InvariantCulture))
            : JsonValue.Create(percent);

    /// <summary>For people.</summary>
    public static string Words(JsonNode? value) =>
        value is not JsonValue number || number.GetValueKind() != JsonValueKind.Number ? value is null ? "60 % (default)" : value.ToJsonString()
        : number.GetValue<double>() switch
        {
            0 => "60 % (default)",
            <= 1 and var fraction => string.Create(CultureInfo.InvariantCulture, $"{fraction * 100:0} %"),
            var percent => string.Create(CultureInfo.InvariantCulture, $"{percent:0} %"),
        };
}
