using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Running;

/// <summary>
/// The two events of a change, and reading them back. The outcome's id is the intent's with a suffix: however often it is
/// recorded (by two consoles, after a restart), the trail holds one.
/// </summary>
internal sealed class ChangeEvents(TimeProvider time)
{
    private const string OutcomeSuffix = ".outcome";
    private readonly ActEvents _acts = new(time);

    /// <summary>That a change is about to be sent.</summary>
    /// <param name="actor">Who asked for it.</param>
    /// <param name="plan">What is sent.</param>
    /// <param name="reason">Why.</param>
    /// <param name="id">See <see cref="IntentIds"/>.</param>
    /// <param name="context">What it belongs to.</param>
    /// <param name="approvedBy">Name of the second person; null where none was needed.</param>
    /// <param name="console">The console that carries it out.</param>
    public AuditEvent Intent(
        Actor actor, Plan plan, string reason, string id, ChangeContext context, string? approvedBy, string console) => _acts.Of(actor, AuditActions.ChangeIntent, AuditOutcome.Unknown, plan.Resource.Project) with
        {
            Id = id,
            Reason = reason.Length > 0 ? reason : null,
            Resource = ResourceOf(plan.Resource),
            Before = Values(plan.Settings, static s => s.BeforeJson),
            After = Values(plan.Settings, static s => s.AfterJson),
            Details = JsonSerializer.SerializeToElement(
            new IntentDetails(
                plan.Change.Title, JsonSerializer.SerializeToElement(plan.Change, ChangeJson.Default.Change), plan.Settings, plan.Mask, plan.Etag, plan.NewRevision, plan.LatestRevision,
                context.Bulk, context.Move, context.Approval, approvedBy, console),
            ChangeRecordJson.Default.IntentDetails),
        };

    /// <summary>How it ended. The actor is the console: it is the one that saw the end.</summary>
    public AuditEvent Outcome(ChangeRun run)
    {
        var outcome = run switch
        {
            { Denied: true } => AuditOutcome.Denied,
            { Phase: ChangePhase.Succeeded } => AuditOutcome.Success,
            { Phase: ChangePhase.Unknown } => AuditOutcome.Unknown,
            _ => AuditOutcome.Failure,
        };
        return _acts.OfSystem(AuditActions.ChangeOutcome, outcome, run.Resource.Project) with
        {
            Id = run.Id + OutcomeSuffix,
            Resource = ResourceOf(run.Resource),
            Reason = outcome == AuditOutcome.Success ? null : run.Message,
            Details = JsonSerializer.SerializeToElement(
                new OutcomeDetails(
                    run.Id, run.Phase, run.Operation, run.Revision, run.Message, (long)((run.EndedAt ?? time.GetUtcNow()) - run.StartedAt).TotalMilliseconds),
                ChangeRecordJson.Default.OutcomeDetails),
        };
    }

    /// <summary>The intent as a change whose end is not known; null for an event that is none.</summary>
    public static ChangeRun? ReadIntent(AuditEvent intent)
    {
        if (intent.Action != AuditActions.ChangeIntent
            || !ResourceName.TryParse(intent.Resource?.Id, out var resource)
            || Read(intent.Details, ChangeRecordJson.Default.IntentDetails) is not { } details
            || ChangeJson.Read(details.Change.GetRawText()) is not { } change)
        {
            return null;
        }

        return new ChangeRun
        {
            Id = intent.Id,
            Resource = resource,
            Change = change,
            Settings = details.Settings,
            Etag = details.Etag,
            NewRevision = details.NewRevision,
            LatestRevision = details.LatestRevision,
            ActorId = intent.Actor.Id,
            ActorName = intent.Actor.DisplayName ?? intent.Actor.Id,
            Reason = intent.Reason ?? "",
            StartedAt = intent.Time,
            Phase = ChangePhase.Unknown,
            Bulk = details.Bulk,
            Move = details.Move,
            Approval = details.Approval,
            ApprovedBy = details.ApprovedBy,
            Console = details.Console ?? "",
        };
    }

    /// <summary>Id of the intent that an outcome belongs to; null for an event that is none.</summary>
    public static string? IntentOf(AuditEvent outcome) =>
        outcome.Action == AuditActions.ChangeOutcome && outcome.Id.EndsWith(OutcomeSuffix, StringComparison.Ordinal) ? outcome.Id[..^OutcomeSuffix.Length] : null;

    /// <summary>A change with the end that the trail holds.</summary>
    public static ChangeRun WithOutcome(ChangeRun run, AuditEvent outcome) =>
        Read(outcome.Details, ChangeRecordJson.Default.OutcomeDetails) is not { } details ? run : run with
        {
            Phase = details.Phase,
            Operation = details.Operation,
            Revision = details.Revision,
            Message = details.Message,
            Denied = outcome.Outcome == AuditOutcome.Denied,
            EndedAt = run.StartedAt.AddMilliseconds(details.Milliseconds),
            OutcomeRecorded = true,
        };

    /// <summary>A service or worker pool as the trail names it.</summary>
    public static AuditResource ResourceOf(ResourceName name) => new()
    {
        Type = name.Collection switch
        {
            "workerPools" => "run.worker_pool",
            "jobs" => "run.job",
            _ => "run.service",
        },
        Id = name.Value,
        Name = name.Id,
        Project = name.Project,
        Location = name.Location,
    };

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
