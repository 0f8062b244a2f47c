namespace OpsConsole.Core.Changes;

/// <summary>The connection budget of a service, and since when.</summary>
/// <param name="Budget">Null where none is set.</param>
/// <param name="SetBy">Who set (or cleared) it; empty where nobody has.</param>
/// <param name="SetAt">When; null where nobody has.</param>
public sealed record KnownBudget(ConnectionBudget? Budget, string SetBy, DateTimeOffset? SetAt)
{
    /// <summary>Nobody has set one.</summary>
    public static KnownBudget None { get; } = new(null, "", null);
}
