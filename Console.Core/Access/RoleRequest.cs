namespace OpsConsole.Core.Access;

/// <summary>A role that somebody wants to give.</summary>
/// <param name="Role">What.</param>
/// <param name="Assignee">To whom, as text: see <see cref="Access.Assignee"/>.</param>
/// <param name="Scope">Where.</param>
public sealed record RoleRequest(Role Role, string Assignee, AccessScope Scope);
