using OpsConsole.Core.Access;

namespace OpsConsole.Core.Changes.Running;

/// <summary>Why a change was not begun: a closed set. Nothing was sent.</summary>
/// <param name="Message">A sentence for people.</param>
public abstract record ChangeError(string Message)
{
    /// <summary>The actor may not.</summary>
    public sealed record NotAllowed(string ActorName)
        : ChangeError($"{ActorName} may not change services. These roles may: {string.Join(", ", Permissions.RolesWith(Permission.ChangeServices))}.");

    /// <summary>No reason, or too long a one.</summary>
    public sealed record BadReason(int Longest)
        : ChangeError($"Give a reason, at most {Longest.ToString(System.Globalization.CultureInfo.InvariantCulture)} characters: it stays on the record.");

    /// <summary>The name that had to be typed is another.</summary>
    public sealed record NotConfirmed(string Name) : ChangeError($"Type {Name} to confirm that the service goes down.");

    /// <summary>Another change of the same resource is on its way.</summary>
    public sealed record UnderWay(ChangeRun Other)
        : ChangeError($"{Other.ActorName} is changing it just now ({Other.Title}). Wait until that has ended, then plan again.");

    /// <summary>The audit trail took no record: without one, nothing is changed.</summary>
    public sealed record NotRecorded(string Detail) : ChangeError($"Nothing was changed, because it could not be recorded first. {Detail}");

    /// <summary>The console is shutting down.</summary>
    public sealed record Stopping() : ChangeError("The console is shutting down. Nothing was changed.");

    /// <summary>The service takes a second person, and nobody has approved this change.</summary>
    public sealed record NeedsApproval(string Why) : ChangeError($"Nothing was changed: {Why} Ask for approval.");

    /// <summary>The approval that was named is not one for this change.</summary>
    public sealed record NotApproved(string Why) : ChangeError($"Nothing was changed: {Why}");

    /// <summary>Whether the service takes a second person could not be read.</summary>
    public sealed record NotKnown(string Detail) : ChangeError($"Nothing was changed: whether the service takes a second person's approval could not be read. {Detail}");
}
