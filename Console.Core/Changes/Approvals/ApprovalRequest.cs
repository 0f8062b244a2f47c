using OpsConsole.Core.Access;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>A change that somebody asks a second person to approve, as the trail holds it.</summary>
public sealed record ApprovalRequest
{
    /// <summary>Id of its event.</summary>
    public required string Id { get; init; }

    /// <summary>The service or worker pool.</summary>
    public required ResourceName Resource { get; init; }

    /// <summary>What shall be changed.</summary>
    public required Change Change { get; init; }

    /// <summary>Field by field.</summary>
    public required IReadOnlyList<SettingChange> Settings { get; init; }

    /// <summary>The state that was reviewed.</summary>
    public required string Etag { get; init; }

    /// <summary>The plan in words, as the one who asked saw it.</summary>
    public required PlanWords Words { get; init; }

    /// <summary>Why a second person is needed.</summary>
    public required string Why { get; init; }

    /// <summary>Id of whoever asks.</summary>
    public required string RequesterId { get; init; }

    /// <summary>Name of whoever asks.</summary>
    public required string RequesterName { get; init; }

    /// <summary>Why it shall be changed.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Until when somebody may decide, and the approved change begin.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The resource as it was, with what may be secret masked; null where it was too large to keep.</summary>
    public string? Snapshot { get; init; }

    /// <summary>Bulk that asked for it; null where none did.</summary>
    public string? Bulk { get; init; }

    /// <summary>How it ended; null while nobody has decided.</summary>
    public ApprovalDecision? Decision { get; init; }

    /// <summary>What it does, as a button says it.</summary>
    public string Title => Change.Title;

    /// <summary>Id that the approved change has.</summary>
    public string ChangeId => IntentIds.OfApproved(Id, Change);

    /// <summary>Where it stands at a time.</summary>
    public ApprovalState StateAt(DateTimeOffset now) => Decision?.State ?? (now >= ExpiresAt ? ApprovalState.Expired : ApprovalState.Pending);

    /// <summary>True for the one who asked. Addresses of people do not differ by case.</summary>
    public bool IsOf(Actor actor) => IsSame(actor.Id, RequesterId);

    /// <summary>Why this request, approved, does not cover a plan; null where it does.</summary>
    /// <param name="plan">What is about to be sent.</param>
    /// <param name="now">The time.</param>
    internal string? WhyNot(Plan plan, DateTimeOffset now)
    {
        if (Decision is not { State: ApprovalState.Approved } decision)
        {
            return "the request is not approved.";
        }

        // Roles do not matter here: it is the person that must be another.
        if (IsSame(decision.ActorId, RequesterId))
        {
            return "nobody approves what they asked for themselves.";
        }

        var isStep = Change is MoveTraffic move && plan.Change is ShiftTraffic step && move.Has(step);
        return plan.Resource != Resource ? "the approval is for another service."
            : isStep ? null
            : ChangeJson.Print(plan.Change) != ChangeJson.Print(Change) ? "the approval is for another change."
            : plan.Etag != Etag ? "the service was changed since it was approved; plan and ask again."
            : now >= ExpiresAt ? "the approval has expired."
            : null;
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
