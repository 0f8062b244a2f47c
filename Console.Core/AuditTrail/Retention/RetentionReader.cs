using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Retention;

/// <summary>Reads holds, requests and decisions out of the trail. Pure.</summary>
public static class RetentionReader
{
    /// <summary>Actions that it reads.</summary>
    public static IReadOnlyList<string> Actions { get; } =
    [
        AuditActions.EraseRequest, AuditActions.EraseDecision, AuditActions.PruneRequest, AuditActions.Prune,
        AuditActions.HoldSet, AuditActions.HoldReleaseRequest, AuditActions.HoldRelease,
    ];

    /// <summary>Id of the event that decides on a request: there can be only one.</summary>
    public static string DecisionId(string request) => $"{request}.decision";

    /// <summary>Reads events in any order.</summary>
    /// <param name="records">Events with <see cref="Actions"/> of the console's own workspace.</param>
    /// <param name="carriedOut">Number of the last decision that was carried out.</param>
    public static RetentionBook Read(IEnumerable<AuditRecord> records, long carriedOut)
    {
        ArgumentNullException.ThrowIfNull(records);
        List<RetentionRequest> requests = [];
        List<LegalHold> holds = [];
        Dictionary<string, AuditRecord> decisions = new(StringComparer.Ordinal);
        foreach (var record in records)
        {
            var e = record.Event;
            if (record.Position.Via != AuditVia.Console || e.Resource is not { Id: { } target } resource)
            {
                continue;
            }

            switch (e.Action)
            {
                case AuditActions.HoldSet:
                    holds.Add(new LegalHold
                    {
                        Id = e.Id,
                        Workspace = resource.Type == "audit.workspace" ? target : "",
                        By = e.Actor.Id,
                        At = record.Position.RecordedAt,
                        Reason = e.Reason ?? "",
                        Index = record.Position.Index,
                    });
                    break;
                case AuditActions.EraseRequest or AuditActions.PruneRequest or AuditActions.HoldReleaseRequest:
                    requests.Add(new RetentionRequest
                    {
                        Id = e.Id,
                        Kind = KindOf(resource.Type),
                        Target = target,
                        Fields = Strings(e.Details, "fields"),
                        By = e.Actor.Id,
                        At = record.Position.RecordedAt,
                        Reason = e.Reason ?? "",
                    });
                    break;
                default:
                    decisions[e.Id] = record;
                    break;
            }
        }

        requests = [.. requests.Select(r => decisions.TryGetValue(DecisionId(r.Id), out var decision) ? Decided(r, decision, carriedOut) : r).OrderByDescending(static r => r.At)];
        var released = requests.Where(static r => r is { Kind: RetentionKind.ReleaseHold, IsApproved: true }).ToLookup(static r => r.Target, static r => r.DecidedAt, StringComparer.Ordinal);
        return new RetentionBook([.. holds.Select(h => h with { ReleasedAt = released[h.Id].FirstOrDefault() }).OrderByDescending(static h => h.At)], requests);
    }

    /// <summary>What kind the resource of a request or decision names.</summary>
    internal static RetentionKind KindOf(string resourceType) => resourceType switch
    {
        "audit.actor" => RetentionKind.EraseActor,
        "audit.event" => RetentionKind.EraseEvent,
        "audit.log" => RetentionKind.Prune,
        _ => RetentionKind.ReleaseHold,
    };

    /// <summary>And back.</summary>
    internal static string ResourceType(RetentionKind kind) => kind switch
    {
        RetentionKind.EraseActor => "audit.actor",
        RetentionKind.EraseEvent => "audit.event",
        RetentionKind.Prune => "audit.log",
        _ => "audit.hold",
    };

    /// <summary>A list of strings in details.</summary>
    internal static IReadOnlyList<string> Strings(JsonElement? details, string name) =>
        details is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(static v => v.ValueKind == JsonValueKind.String).Select(static v => v.GetString()!)]
            : [];

    private static RetentionRequest Decided(RetentionRequest request, AuditRecord decision, long carriedOut) => request with
    {
        DecidedBy = decision.Event.Actor.Id,
        DecidedAt = decision.Position.RecordedAt,
        IsApproved = decision.Event.Outcome == AuditOutcome.Success,
        DecisionReason = decision.Event.Reason ?? "",
        DecisionNumber = decision.Position.Sequence,
        IsDone = decision.Event.Outcome == AuditOutcome.Success && (request.Kind == RetentionKind.ReleaseHold || decision.Position.Sequence <= carriedOut),
    };
}
