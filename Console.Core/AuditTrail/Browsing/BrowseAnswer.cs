namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>What came of looking into the audit trail.</summary>
/// <typeparam name="T">What is shown.</typeparam>
/// <param name="Value">It; null when nothing may be shown.</param>
/// <param name="Refused">Why nothing is shown, for people; null when something is.</param>
public sealed record BrowseAnswer<T>(T? Value, string? Refused)
    where T : class;
