namespace OpsConsole.Core.Access;

/// <summary>How often one person may do what costs much; section <c>OpsConsole:Limits</c>.</summary>
/// <param name="SearchesPerMinute">Searches a minute.</param>
/// <param name="VerificationsPerHour">Verifications an hour.</param>
/// <param name="ExportsPerHour">Exports an hour.</param>
public sealed record ActLimitOptions(int SearchesPerMinute = 300, int VerificationsPerHour = 60, int ExportsPerHour = 120);
