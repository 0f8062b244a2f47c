using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Core.Changes;

/// <summary>The autoscaler's targets of a service as it was read, in per cent.</summary>
/// <param name="Cpu">CPU; null where the default counts.</param>
/// <param name="Concurrency">Concurrency; null where the default counts.</param>
public sealed record ScalingTargets(int? Cpu, int? Concurrency)
{
    /// <summary>Reads them; both null where the JSON is broken.</summary>
    public static ScalingTargets Of(string rawJson)
    {
        var scaling = ServiceDocument.Parse(rawJson)?.Root["template"]?["scaling"] as JsonObject;
        return new ScalingTargets(Percent(scaling?[ScalingTarget.KeyOf(scaling, "cpu")]), Percent(scaling?[ScalingTarget.KeyOf(scaling, "concurrency")]));
    }

    private static int? Percent(JsonNode? value) =>
        value is not JsonValue number || number.GetValueKind() != JsonValueKind.Number ? null
        : number.GetValue<double>() switch
        {
            <= 0 => null,
            <= 1 and var fraction => (int)Math.Round(fraction * 100),
            var percent => (int)Math.Round(Math.Min(percent, 1000)),
        };
}
