namespace OpsConsole.Core.Access;

/// <summary>A role that somebody holds, and where it holds.</summary>
/// <param name="Role">What.</param>
/// <param name="Scope">Where.</param>
public sealed record Grant(Role Role, AccessScope Scope);
