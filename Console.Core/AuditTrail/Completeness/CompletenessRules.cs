using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>The rules of one service, in the order in which they are tried.</summary>
public sealed record CompletenessRules
{
    /// <summary>At most so many.</summary>
    public const int Most = 50;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>What counts until somebody decides otherwise: every successful write must leave an event.</summary>
    public static CompletenessRules Default { get; } = new() { Rules = [new CompletenessRule { Methods = ["POST", "PUT", "PATCH", "DELETE"] }] };

    /// <summary>The rules.</summary>
    public required IReadOnlyList<CompletenessRule> Rules { get; init; }

    /// <summary>By which clock lateness is decided.</summary>
    public CompletenessClock Clock { get; init; }

    /// <summary>What is wrong, one sentence for each mistake; empty when they can be used.</summary>
    public IReadOnlyList<string> Problems =>
        Rules.Count > Most ? [$"There are {Rules.Count} rules; at most {Most} are possible."]
        : !Rules.Any(static r => r.Required) ? ["No rule asks for an event: then nothing could ever be missing. Keep at least one rule that does."]
        : [.. Rules.Select(static r => r.Problem).OfType<string>()];

    /// <summary>The rule that decides on a request; null when none does, and then no event is asked for.</summary>
    public CompletenessRule? For(string method, string path, int status) => Rules.FirstOrDefault(rule => rule.Fits(method, path, status));

    /// <summary>The form in which they are stored and recorded.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote; null when it is not that.</summary>
    public static CompletenessRules? FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<CompletenessRules>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public bool Equals(CompletenessRules? other) => other is not null && Clock == other.Clock && Rules.SequenceEqual(other.Rules);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Rules.Count, Clock);
}
