using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>
/// The events of approvals, and reading them back. The id of a decision is the request's with a suffix: however many people and
/// consoles decide at once, the trail holds one decision.
/// </summary>
internal sealed class ApprovalEvents(TimeProvider time)
{
    /// <summary>Above it a resource is not kept with the request: the event has a limit of its own.</summary>
    private const int LongestSnapshot = 100_000;

    private const string DecisionSuffix = ".decision";
    private readonly ActEvents _acts = new(time);

    /// <summary>That somebody asks.</summary>
    public AuditEvent Request(Actor actor, Plan plan, string rawJson, string why, string reason, DateTimeOffset expiresAt, string? bulk)
    {
        var snapshot = RawJsonMask.Apply(rawJson);
        return _acts.Of(actor, AuditActions.ApprovalRequest, AuditOutcome.Unknown, plan.Resource.Project) with
        {
            Reason = reason,
            Resource = ChangeEvents.ResourceOf(plan.Resource),
            Before = Values(plan.Settings, static s => s.BeforeJson),
            After = Values(plan.Settings, static s => s.AfterJson),
            Details = JsonSerializer.SerializeToElement(
                new ApprovalRequestDetails(
                    plan.Change.Title,
                    JsonSerializer.SerializeToElement(plan.Change, ChangeJson.Default.Change),
                    plan.Settings,
                    plan.Etag,
                    PlanWords.Of(plan),
                    why,
                    expiresAt,
                    snapshot.Length <= LongestSnapshot ? snapshot : null,
                    bulk),
                ApprovalJson.Default.ApprovalRequestDetails),
        };
    }

    /// <summary>How it ended. Null as the actor: nobody decided in time.</summary>
    public AuditEvent Decision(Actor? actor, ApprovalRequest request, ApprovalState state, string reason, IReadOnlyList<SettingChange>? changed = null)
    {
        var outcome = state switch
        {
            ApprovalState.Approved => AuditOutcome.Success,
            ApprovalState.Rejected => AuditOutcome.Denied,
            _ => AuditOutcome.Failure,
        };
        var made = actor is null
            ? _acts.OfSystem(AuditActions.ApprovalDecision, outcome, request.Resource.Project)
            : _acts.Of(actor, AuditActions.ApprovalDecision, outcome, request.Resource.Project);
        return made with
        {
            Id = request.Id + DecisionSuffix,
            Reason = reason,
            Resource = ChangeEvents.ResourceOf(request.Resource),
            Details = JsonSerializer.SerializeToElement(new ApprovalDecisionDetails(request.Id, state, changed), ApprovalJson.Default.ApprovalDecisionDetails),
        };
    }

    /// <summary>That somebody tried to decide who may not; it decides nothing.</summary>
    public AuditEvent Denied(Actor actor, ApprovalRequest request, ApprovalState tried, string why) =>
        _acts.Of(actor, AuditActions.ApprovalDecision, AuditOutcome.Denied, request.Resource.Project) with
        {
            Reason = why,
            Resource = ChangeEvents.ResourceOf(request.Resource),
            Details = JsonSerializer.SerializeToElement(new ApprovalDecisionDetails(request.Id, tried), ApprovalJson.Default.ApprovalDecisionDetails),
        };

    /// <summary>The request without its decision; null for an event that is none.</summary>
    public static ApprovalRequest? ReadRequest(AuditEvent read)
    {
        if (read.Action != AuditActions.ApprovalRequest
            || !ResourceName.TryParse(read.Resource?.Id, out var resource)
            || Read(read.Details, ApprovalJson.Default.ApprovalRequestDetails) is not { } details
            || ChangeJson.Read(details.Change.GetRawText()) is not { } change)
        {
            return null;
        }

        return new ApprovalRequest
        {
            Id = read.Id,
            Resource = resource,
            Change = change,
            Settings = details.Settings,
            Etag = details.Etag,
            Words = details.Words,
            Why = details.Why,
            RequesterId = read.Actor.Id,
            RequesterName = read.Actor.DisplayName ?? read.Actor.Id,
            Reason = read.Reason ?? "",
            RequestedAt = read.Time,
            ExpiresAt = details.ExpiresAt,
            Snapshot = details.Snapshot,
            Bulk = details.Bulk,
        };
    }

    /// <summary>The decision and the id of its request; null for an event that is none.</summary>
    public static (string Request, ApprovalDecision Decision)? ReadDecision(AuditEvent read) =>
        read.Action == AuditActions.ApprovalDecision
        && read.Id.EndsWith(DecisionSuffix, StringComparison.Ordinal)
        && Read(read.Details, ApprovalJson.Default.ApprovalDecisionDetails) is { } details
            ? (read.Id[..^DecisionSuffix.Length], new ApprovalDecision(details.Decision, read.Actor.Id, read.Actor.DisplayName ?? read.Actor.Id, read.Reason ?? "", read.Time))
            : null;

    private static JsonElement Values(IReadOnlyList<SettingChange> settings, Func<SettingChange, string?> side)
    {
        var values = new JsonObject();
        foreach (var setting in settings)
        {
            values[setting.Path] = side(setting) is { } json ? JsonNode.Parse(json) : null;
        }

        return JsonSerializer.SerializeToElement(values);
    }

    private static T? Read<T>(JsonElement? details, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return details?.Deserialize(type);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
