namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>A search that somebody saved under a name, as one person sees it: their own, and those that others share.</summary>
/// <param name="Name">Name, unique among the views of whoever saved it.</param>
/// <param name="Search">The query of the page's address, without <c>?</c>.</param>
/// <param name="By">Who saved it: id.</param>
/// <param name="At">When, the last time.</param>
/// <param name="IsShared">True when everybody who may browse sees it.</param>
/// <param name="IsMine">True when whoever looks saved it.</param>
/// <param name="MayRemove">True when whoever looks may take it away.</param>
public sealed record SavedView(string Name, string Search, string By, DateTimeOffset At, bool IsShared, bool IsMine, bool MayRemove);
