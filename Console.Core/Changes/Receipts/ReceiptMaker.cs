using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>Makes the receipt of one change: reads the logs around it and compares. It writes nothing.</summary>
internal sealed class ReceiptMaker(ICloudRun cloudRun, ILogs logs, ReceiptRules rules)
{
    private readonly ReceiptEntries _entries = new(logs);

    /// <summary>Reads and compares. Never throws for failures of Google: a receipt says what is not known.</summary>
    /// <param name="run">A change that succeeded.</param>
    /// <param name="others">All changes of its service that the trail holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The receipt, and whether trying again later may bring a better one.</returns>
    public async Task<(Receipt Receipt, bool Again)> MakeAsync(ChangeRun run, IReadOnlyList<ChangeRun> others, CancellationToken cancellationToken)
    {
        var service = await cloudRun.GetServiceAsync(run.Resource, cancellationToken);
        var revisions = await cloudRun.ListRevisionsAsync(run.Resource, cancellationToken);
        List<string> notes = [];
        if ((service.Error ?? (revisions.Failures is [var first, ..] ? first.Error : null)) is { } unread)
        {
            notes.Add($"Settings of the service could not be read, so what they decide (what is at risk, what it costs) is missing: {unread.Message}");
        }

        var stretch = ReceiptStretch.Of(run, others, revisions.Items, rules.Window);
        if (stretch.Note.Length > 0)
        {
            notes.Add(stretch.Note);
        }

        if (stretch.Length < ReceiptRules.Shortest)
        {
            return (Unknown(run, "The service was changed again so soon that there is no time to compare.", notes), false);
        }

        var before = await _entries.ReadAsync(run.Resource, stretch.BeforeFrom, stretch.BeforeTo, newestFirst: true, cancellationToken);
        var after = before.Error is null
            ? await _entries.ReadAsync(run.Resource, stretch.AfterFrom, stretch.AfterTo, newestFirst: false, cancellationToken)
            : ([], null, before.Error);
        if (after.Error is { } error)
        {
            return (Unknown(run, $"The logs could not be read: {error.Message}", notes), error is CloudRunError.QuotaExceeded or CloudRunError.Unavailable or CloudRunError.BadAnswer);
        }

        if (before.CutAt is not null || after.CutAt is not null)
        {
            var back = before.CutAt is { } at ? stretch.BeforeTo - at : stretch.Length;
            var on = after.CutAt is { } until ? until - stretch.AfterFrom : stretch.Length;
            stretch = stretch with { Length = back < on ? back : on };
            notes.Add($"The windows are shorter than set: at most {ReceiptEntries.Most} log entries are read for each.");
            if (stretch.Length <= TimeSpan.Zero)
            {
                return (Unknown(run, "There are too many log entries to read within the quota.", notes), false);
            }
        }

        return (Compare(run, stretch, before.Entries, after.Entries, service.Value, revisions.Items, notes, cancellationToken), false);
    }

    /// <summary>Compares what was read. Pure.</summary>
    internal static Receipt Compare(
        ChangeRun run,
        ReceiptStretch stretch,
        IReadOnlyList<LogEntry> entriesBefore,
        IReadOnlyList<LogEntry> entriesAfter,
        Service? service,
        IReadOnlyList<Revision> revisions,
        List<string> notes,
        CancellationToken cancellationToken)
    {
        List<ReadOnlyMemory<byte>> old = [.. entriesBefore.Where(e => ReceiptEntries.Belongs(e, stretch.BeforeFrom, stretch.BeforeTo)).Select(static e => e.RawJson)];
        List<ReadOnlyMemory<byte>> now = [.. entriesAfter.Where(e => ReceiptEntries.Belongs(e, stretch.AfterFrom, stretch.AfterTo)).Select(static e => e.RawJson)];
        var first = ReceiptMeasure.Of(run.Resource, old, stretch.BeforeFrom, stretch.BeforeTo, revisions, cancellationToken);
        var second = ReceiptMeasure.Of(run.Resource, now, stretch.AfterFrom, stretch.AfterTo, revisions, cancellationToken);
        if (!first.HasPlatform && !second.HasPlatform)
        {
            notes.Add("Neither window holds a message of Cloud Run about an instance: either none started, or such messages are not kept, and cold starts cannot be counted.");
        }

        var (before, after) = (first.Total(Kept(run, service, wasBefore: true)), second.Total(Kept(run, service, wasBefore: false)));
        var (verdict, because) = ReceiptJudge.Of(before, after);
        var (sha256, entries) = EntryDigest.Of(old.Concat(now));
        return new Receipt
        {
            ChangeId = run.Id,
            Verdict = verdict,
            Sentence = ReceiptSentence.Of(run.Change, run.Settings, before, after),
            Because = because,
            Notes = notes,
            BeforeWindow = new ReceiptWindow(stretch.BeforeFrom, stretch.BeforeTo, ReceiptEntries.Filter(run.Resource, stretch.BeforeFrom, stretch.BeforeTo)),
            AfterWindow = new ReceiptWindow(stretch.AfterFrom, stretch.AfterTo, ReceiptEntries.Filter(run.Resource, stretch.AfterFrom, stretch.AfterTo)),
            Before = before,
            After = after,
            Revisions = [.. first.Revisions.Union(second.Revisions, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(r => new RevisionReceipt(r, first.NumbersOf(r), second.NumbersOf(r)))],
            Entries = entries,
            Sha256 = sha256,
        };
    }

    /// <summary>A receipt that says why there are no numbers.</summary>
    internal static Receipt Unknown(ChangeRun run, string because, IReadOnlyList<string> notes) => new()
    {
        ChangeId = run.Id,
        Verdict = ReceiptVerdict.CannotTell,
        Sentence = ReceiptSentence.Unknown(run.Settings),
        Because = [because],
        Notes = notes,
    };

    /// <summary>What an instance costs and how many are kept: the service as it is, with what the change set put back to before or after.</summary>
    private static InstanceSize? Kept(ChangeRun run, Service? service, bool wasBefore)
    {
        if (service is null || ServiceDocument.Parse(service.RawJson) is not { } document)
        {
            return null;
        }

        foreach (var setting in run.Settings)
        {
            var json = wasBefore ? setting.BeforeJson : setting.AfterJson;
            SettingPath.Parse(setting.Path).Set(document.Root, json is null ? null : System.Text.Json.Nodes.JsonNode.Parse(json));
        }

        return InstanceSize.Of(document);
    }
}
