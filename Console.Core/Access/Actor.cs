namespace OpsConsole.Core.Access;

/// <summary>Who does something: the identity that records name.</summary>
/// <param name="Id">Stable id, an e-mail address where there is one.</param>
/// <param name="DisplayName">Name as shown at that time.</param>
/// <param name="Roles">Roles held at that time.</param>
public sealed record Actor(string Id, string DisplayName, IReadOnlyList<Role> Roles)
{
    /// <summary>From where.</summary>
    public ActorOrigin Origin { get; init; } = ActorOrigin.None;

    /// <summary>True when one of the actor's roles has the permission.</summary>
    public bool May(Permission permission) => Roles.Allows(permission);
}
