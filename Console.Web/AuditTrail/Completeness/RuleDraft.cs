using OpsConsole.Core.AuditTrail.Completeness;

namespace OpsConsole.Web.AuditTrail.Completeness;

/// <summary>A rule while it is being edited: anything may stand in its fields.</summary>
public sealed class RuleDraft
{
    private static readonly char[] Separators = [',', ' ', ';'];

    /// <summary>Methods with commas between; empty means any.</summary>
    public string Methods { get; set; } = "";

    public string Path { get; set; } = "";

    public int StatusFrom { get; set; }

    public int StatusTo { get; set; }

    public string Action { get; set; } = "";

    public bool Required { get; set; }

    /// <summary>A draft that says the same.</summary>
    public static RuleDraft Of(CompletenessRule rule) => new()
    {
        Methods = string.Join(", ", rule.Methods),
        Path = rule.Path,
        StatusFrom = rule.StatusFrom,
        StatusTo = rule.StatusTo,
        Action = rule.Action,
        Required = rule.Required,
    };

    /// <summary>The rule; whether it can be used says <see cref="CompletenessRule.Problem"/>.</summary>
    public CompletenessRule ToRule() => new()
    {
        Methods = [.. Methods.ToUpperInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        Path = Path.Trim(),
        StatusFrom = StatusFrom,
        StatusTo = StatusTo,
        Action = Required ? Action.Trim() : "",
        Required = Required,
    };
}
