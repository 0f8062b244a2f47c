namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>A search that somebody saved under a name, for everybody who may browse.</summary>
/// <param name="Name">Name, unique among the saved views.</param>
/// <param name="Search">The query of the page's address, without <c>?</c>.</param>
/// <param name="By">Who saved it last: id.</param>
/// <param name="At">When.</param>
public sealed record SavedView(string Name, string Search, string By, DateTimeOffset At);
