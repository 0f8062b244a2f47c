namespace OpsConsole.Core.Access.Iap;

/// <summary>Whom a verified assertion names.</summary>
/// <param name="Subject">Google's id of the account, for example <c>accounts.google.com:1234</c>.</param>
/// <param name="Email">In lower case.</param>
/// <param name="IssuedAt">When it was signed.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
public sealed record IapIdentity(string Subject, string Email, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);
