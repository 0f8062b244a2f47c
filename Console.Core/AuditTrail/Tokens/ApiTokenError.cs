using OpsConsole.Core.Access;

namespace OpsConsole.Core.AuditTrail.Tokens;

/// <summary>Why a token was not made or not revoked.</summary>
/// <param name="Message">A sentence for people.</param>
public abstract record ApiTokenError(string Message)
{
    /// <summary>The actor may not.</summary>
    public sealed record NotAllowed(string ActorName)
        : ApiTokenError($"{ActorName} may not manage tokens. These roles may: {string.Join(", ", Permissions.RolesWith(Permission.ManageTokens))}.");

    /// <summary>The name does not do.</summary>
    public sealed record BadName() : ApiTokenError("Name the source with letters, digits, '.', '_' and '-', at most 64 characters: it stands in every event that the token brings.");

    /// <summary>Another token in use has the name.</summary>
    public sealed record NameTaken(string Name) : ApiTokenError($"A token named {Name} is in use. Revoke it first, or choose another name: two sources must not be taken for one.");

    /// <summary>The workspace does not do.</summary>
    public sealed record BadWorkspace()
        : ApiTokenError($"Give the workspace whose events the source may send, at most 128 characters, or PREFIX* for all that begin so. The console's own, {AuditWorkspaces.Console}, is not given away.");

    /// <summary>Not 1 to 730 days.</summary>
    public sealed record BadDays() : ApiTokenError("A token expires after 1 to 730 days.");

    /// <summary>There is no such token, or it is revoked.</summary>
    public sealed record NotThere() : ApiTokenError("There is no such token, or it was revoked before.");

    /// <summary>The record could not be written, so nothing was done.</summary>
    public sealed record NotRecorded(string Detail) : ApiTokenError($"Nothing was done: {Detail}");
}
