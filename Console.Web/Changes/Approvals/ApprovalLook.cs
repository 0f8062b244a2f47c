using OpsConsole.Core.Access;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Shell;

namespace OpsConsole.Web.Changes.Approvals;

/// <summary>Requests as the screens show them.</summary>
public static class ApprovalLook
{
    /// <summary>The meaning of a state.</summary>
    public static Meaning MeaningOf(ApprovalState state) => state switch
    {
        ApprovalState.Pending => Meaning.Late,
        ApprovalState.Approved => Meaning.Good,
        ApprovalState.Rejected => Meaning.Risk,
        _ => Meaning.Unknown,
    };

    /// <summary>Why somebody cannot decide on a request; null where they can.</summary>
    public static string? WhyNot(Actor? actor, ApprovalRequest request) =>
        actor is null ? "Nobody is signed in."
        : request.IsOf(actor) ? "You asked for this change: somebody else has to decide, whatever roles you have."
        : !actor.May(Permission.ApproveChanges) ? $"Deciding needs the role {string.Join(" or ", Permissions.RolesWith(Permission.ApproveChanges).Select(static r => RoleWords.Of(r)))}."
        : null;
}
