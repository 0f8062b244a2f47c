using OpsConsole.Core.Access;
using OpsConsole.Core.Changes.Running;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>Why a request was not made or not decided: a closed set.</summary>
/// <param name="Message">A sentence for people.</param>
public abstract record ApprovalError(string Message)
{
    /// <summary>The actor may not ask for changes.</summary>
    public sealed record MayNotAsk(string ActorName)
        : ApprovalError($"{ActorName} may not change services. These roles may: {string.Join(", ", Permissions.RolesWith(Permission.ChangeServices))}.");

    /// <summary>The actor may not decide.</summary>
    public sealed record MayNotDecide(string ActorName)
        : ApprovalError($"{ActorName} may not decide on changes. These roles may: {string.Join(", ", Permissions.RolesWith(Permission.ApproveChanges))}.");

    /// <summary>The actor asked for it.</summary>
    public sealed record OwnRequest(string ActorName)
        : ApprovalError($"{ActorName} asked for this change: somebody else has to decide, whatever other roles {ActorName} has.");

    /// <summary>Only the one who asked takes a request back.</summary>
    public sealed record NotYours(string RequesterName) : ApprovalError($"Only {RequesterName}, who asked for it, can take it back. Reject it instead.");

    /// <summary>No reason, or too long a one.</summary>
    public sealed record BadReason()
        : ApprovalError($"Give a reason, at most {ChangeRules.LongestReason.ToString(System.Globalization.CultureInfo.InvariantCulture)} characters: it stays on the record.");

    /// <summary>The name that had to be typed is another.</summary>
    public sealed record NotConfirmed(string Name) : ApprovalError($"Type {Name} to confirm that the service goes down.");

    /// <summary>The service takes no second person (any more).</summary>
    public sealed record NotNeeded() : ApprovalError("This service takes no second person: apply the change.");

    /// <summary>There is no such request.</summary>
    public sealed record NotFound() : ApprovalError("There is no such request, or it is older than 90 days.");

    /// <summary>It has ended already.</summary>
    public sealed record Decided(ApprovalRequest Request, ApprovalState State) : ApprovalError(
        Request.Decision is { } decision
            ? $"{decision.ActorName} was first: the request is {ApprovalWords.Of(State)} already."
            : $"The request is {ApprovalWords.Of(State)}.");

    /// <summary>The service was changed since the request; the request is closed.</summary>
    /// <param name="Changed">What changed and by whom.</param>
    public sealed record Stale(Meanwhile Changed) : ApprovalError(
        $"{(Changed.Modifier.Length > 0 ? Changed.Modifier : "Somebody")} changed the service after the request: {ApprovalWords.Of(Changed)} What was reviewed would not be what is applied. A new plan is needed.");

    /// <summary>Cloud Run, or a rule, refuses the change now.</summary>
    public sealed record Impossible(string Why) : ApprovalError($"The change cannot be applied now: {Why}");

    /// <summary>Approved, but the change was not begun.</summary>
    public sealed record NotBegun(ChangeError Cause) : ApprovalError($"Approved, but not begun. {Cause.Message}");

    /// <summary>The audit trail took no record.</summary>
    public sealed record NotRecorded(string Detail) : ApprovalError($"Nothing was done, because it could not be recorded first. {Detail}");
}
