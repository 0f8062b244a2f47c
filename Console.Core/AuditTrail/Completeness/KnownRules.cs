namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>The rules of a service and where they come from.</summary>
/// <param name="Rules">The rules.</param>
/// <param name="By">Who set them, by id; null for the default ones.</param>
/// <param name="At">When; null for the default ones.</param>
public sealed record KnownRules(CompletenessRules Rules, string? By, DateTimeOffset? At)
{
    /// <summary>What counts where nobody set any.</summary>
    public static KnownRules Default { get; } = new(CompletenessRules.Default, null, null);
}
