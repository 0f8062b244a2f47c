namespace OpsConsole.Core.AuditTrail.Tokens;

/// <summary>A token that somebody wants.</summary>
/// <param name="Name">Name of the source: letters, digits, <c>. _ -</c>, at most 64.</param>
/// <param name="Workspace">Its workspace, or <c>PREFIX*</c> for all that begin so; not asked for with <see cref="ApiScope.ReadLog"/>.</param>
/// <param name="Scope">What it is for.</param>
/// <param name="Days">Days until it expires, 1 to 730.</param>
public sealed record ApiTokenRequest(string Name, string Workspace, ApiScope Scope, int Days);
