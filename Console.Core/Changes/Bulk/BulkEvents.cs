using System.Text.Json;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>The events of a bulk as a whole (its changes have their own), and reading them back.</summary>
internal sealed class BulkEvents(TimeProvider time)
{
    /// <summary>Kind of resource that a bulk is in events.</summary>
    public const string ResourceType = "run.bulk";

    private const string OutcomeSuffix = ".outcome";
    private const string CancelSuffix = ".cancel";

    /// <summary>Longest message of a row in an event: two hundred of them stay below the limit of an event.</summary>
    private const int LongestMessage = 500;

    private readonly ActEvents _acts = new(time);

    /// <summary>That it is about to begin. Services of several projects make it an affair of the console.</summary>
    public AuditEvent Begin(Actor actor, BulkPlan plan, string reason, int parallelism, bool receiptFirst, string console)
    {
        var projects = plan.Rows.Select(static r => r.Resource.Project).Distinct(StringComparer.Ordinal).ToList();
        var begin = _acts.Of(actor, AuditActions.ChangeBulk, AuditOutcome.Unknown, projects.Count == 1 ? projects[0] : null);
        return begin with
        {
            Reason = reason.Length > 0 ? reason : null,
            Resource = ResourceOf(begin.Id, plan.Change.Title),
            Details = JsonSerializer.SerializeToElement(
                new BulkDetails(
                    plan.Change.Title,
                    JsonSerializer.SerializeToElement(plan.Change, ChangeJson.Default.Change),
                    [.. plan.Rows.Select(static r => Row(new BulkRow(r.Resource, r.State, r.WhyNot)))],
                    parallelism,
                    receiptFirst,
                    console),
                BulkJson.Default.BulkDetails),
        };
    }

    /// <summary>That somebody stopped what had not begun. The first one counts.</summary>
    public AuditEvent Cancel(Actor actor, BulkRun run) => _acts.Of(actor, AuditActions.ChangeBulkCancel, AuditOutcome.Success, run.Workspace) with
    {
        Id = run.Id + CancelSuffix,
        Resource = ResourceOf(run.Id, run.Title),
    };

    /// <summary>How it ended.</summary>
    public AuditEvent End(BulkRun run) => _acts.OfSystem(
        AuditActions.ChangeBulkOutcome,
        run.Rows.All(static r => r.State is BulkRowState.Succeeded or BulkRowState.Nothing or BulkRowState.Asked) ? AuditOutcome.Success
            : run.Count(BulkRowState.Unknown) > 0 ? AuditOutcome.Unknown
            : AuditOutcome.Failure,
        run.Workspace) with
    {
        Id = run.Id + OutcomeSuffix,
        Resource = ResourceOf(run.Id, run.Title),
        Reason = run.Stopped.Length > 0 ? run.Stopped : null,
        Details = JsonSerializer.SerializeToElement(
            new BulkOutcomeDetails(run.Id, BulkWords.Summary(run), [.. run.Rows.Select(Row)], run.Stopped.Length > 0 ? run.Stopped : null),
            BulkJson.Default.BulkOutcomeDetails),
    };

    /// <summary>The bulk as it began; null for an event that is none.</summary>
    public static BulkRun? ReadBegin(AuditEvent begin) =>
        begin.Action == AuditActions.ChangeBulk
        && Read(begin.Details, BulkJson.Default.BulkDetails) is { } details
        && ChangeJson.Read(details.Change.GetRawText()) is { } change
            ? new BulkRun
            {
                Id = begin.Id,
                Change = change,
                Rows = Rows(details.Rows),
                ActorId = begin.Actor.Id,
                ActorName = begin.Actor.DisplayName ?? begin.Actor.Id,
                Reason = begin.Reason ?? "",
                StartedAt = begin.Time,
                Parallelism = details.Parallelism,
                ReceiptFirst = details.ReceiptFirst,
                Console = details.Console,
                Workspace = begin.Workspace,
            }
            : null;

    /// <summary>With the end that the trail holds; the same for an event that is none of its own.</summary>
    public static BulkRun WithEnd(BulkRun run, AuditEvent end) =>
        end.Id == run.Id + OutcomeSuffix && end.Action == AuditActions.ChangeBulkOutcome && Read(end.Details, BulkJson.Default.BulkOutcomeDetails) is { } details
            ? run with { Rows = Rows(details.Rows), Stopped = details.Stopped ?? "", EndedAt = end.Time }
            : run;

    /// <summary>Who stopped the bulk; null for an event that is none of that.</summary>
    public static string? ReadCancel(BulkRun run, AuditEvent cancel) =>
        cancel.Id == run.Id + CancelSuffix && cancel.Action == AuditActions.ChangeBulkCancel ? $"{cancel.Actor.DisplayName ?? cancel.Actor.Id} stopped it." : null;

    private static AuditResource ResourceOf(string id, string title) =>
        new() { Type = ResourceType, Id = id, Name = title.Length <= AuditTrail.Events.AuditEventLimits.Label ? title : title[..AuditTrail.Events.AuditEventLimits.Label] };

    private static BulkRowDetails Row(BulkRow row) => new(
        row.Resource.Value,
        row.State,
        row.Message.Length == 0 ? null : row.Message.Length <= LongestMessage ? row.Message : string.Concat(row.Message.AsSpan(0, LongestMessage - 1), "…"),
        row.ChangeId);

    private static IReadOnlyList<BulkRow> Rows(IReadOnlyList<BulkRowDetails> rows) =>
        [.. rows.Where(static r => ResourceName.TryParse(r.Resource, out _)).Select(static r => new BulkRow(ResourceName.Parse(r.Resource), r.State, r.Message ?? "", r.Change))];

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
