using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.History;

/// <summary>
/// Joins what the audit trail, Google's audit log and Cloud Run say of a service into one list in which nothing stands twice. Which of
/// Google's entries are our own changes is decided as in a reconciliation (<see cref="Reconciler"/>). Pure.
/// </summary>
internal sealed class HistoryBuilder
{
    private readonly ResourceName _service;
    private readonly IReadOnlyList<Revision> _revisions;
    private readonly GoogleLog _google;
    private readonly Dictionary<string, ChangeRun> _runs;
    private readonly IReadOnlyDictionary<string, Receipt> _receipts;
    private readonly Dictionary<string, string> _undoneBy;
    private readonly Dictionary<GoogleAct, string?> _stateBefore = new(ReferenceEqualityComparer.Instance);

    private HistoryBuilder(
        ResourceName service, IReadOnlyList<Revision> revisions, GoogleLog google, IReadOnlyList<ChangeRun> runs, IReadOnlyDictionary<string, Receipt> receipts)
    {
        _service = service;
        _revisions = [.. revisions.OrderBy(static r => r.CreateTime)];
        _google = google;
        _runs = runs.ToDictionary(static r => r.Id, StringComparer.Ordinal);
        _receipts = receipts;
        _undoneBy = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var run in runs.Where(static r => r.Phase == ChangePhase.Succeeded))
        {
            if (run.Change is Restore restore)
            {
                _undoneBy[restore.Of] = run.Id;
            }
        }

        var state = google.Earlier;
        foreach (var act in google.Book.Acts.OrderBy(static a => a.Ended ?? a.At))
        {
            _stateBefore[act] = state;
            state = act.State ?? state;
        }
    }

    /// <summary>Rows newest first.</summary>
    /// <param name="service">Its name.</param>
    /// <param name="state">The service as it is; null where it could not be read.</param>
    /// <param name="revisions">Its revisions.</param>
    /// <param name="google">Google's audit log of the stretch of time.</param>
    /// <param name="runs">Its changes in the audit trail.</param>
    /// <param name="receipts">Their receipts.</param>
    public static IReadOnlyList<HistoryRow> Of(
        ResourceName service, Service? state, IReadOnlyList<Revision> revisions, GoogleLog google, IReadOnlyList<ChangeRun> runs, IReadOnlyDictionary<string, Receipt> receipts) =>
        new HistoryBuilder(service, revisions, google, runs, receipts).Rows(state);

    private IReadOnlyList<HistoryRow> Rows(Service? state)
    {
        var key = new BookKey(_service.Collection, _service.Project, _service.Location, _service.Id);
        var cloud = new CloudFact
        {
            Key = key,
            Generation = state?.Generation ?? 0,
            Updated = state?.UpdateTime,
            LastModifier = state?.LastModifier ?? "",
            Revisions = [.. _revisions.Where(static r => r.CreateTime is not null).Select(static r => new CloudRevision(r.Name.Id, r.CreateTime!.Value, r.Creator))],
        };
        var books = new Books([cloud], _google.Book with { Acts = [.. _google.Book.Acts.Where(a => a.Key == key)] }, [.. _runs.Values.Select(r => Ledger(key, r))]);

        // One reading more than the present: a change of this second belongs to it.
        var rows = Reconciler.Of(books, _google.From, _google.To.AddMinutes(1), _google.To).Select(Row).ToList();
        var told = rows.Select(static r => r.Revision).ToHashSet(StringComparer.Ordinal);
        rows.AddRange(_google.Book.Events.Where(e => e.Failed && e.Revision.Length > 0 && !told.Contains(e.Revision)).Select(static e => new HistoryRow
        {
            Id = e.InsertId,
            At = e.At,
            Origin = HistoryOrigin.System,
            Title = "Reported by Cloud Run",
            Outcome = HistoryOutcome.Failed,
            Message = e.Text,
            Revision = e.Revision,
            GoogleEntries = [e.InsertId],
        }));
        return [.. rows.OrderByDescending(static r => r.At).ThenBy(static r => r.Id, StringComparer.Ordinal)];
    }

    private static LedgerAct Ledger(BookKey key, ChangeRun run) => new()
    {
        Key = key,
        Workspace = run.Resource.Project,
        IntentId = run.Id,
        OutcomeId = "",
        Actor = run.ActorId,
        Title = run.Title,
        Reason = run.Reason,
        At = run.StartedAt,
        Outcome = run.Phase switch
        {
            ChangePhase.Succeeded => AuditOutcome.Success,
            ChangePhase.Failed or ChangePhase.Conflict => run.Denied ? AuditOutcome.Denied : AuditOutcome.Failure,
            _ => AuditOutcome.Unknown,
        },
        Operation = run.Operation,
        Revision = run.Revision,
    };

    private HistoryRow Row(StatementRow row) => _runs.TryGetValue(row.EventId, out var run) ? OfConsole(row, run) : OfOthers(row);

    private HistoryRow OfConsole(StatementRow row, ChangeRun run) => new()
    {
        Id = run.Id,
        At = run.StartedAt,
        Origin = HistoryOrigin.Console,
        Title = run.Title,
        Who = run.ActorName,
        Why = run.Reason,
        Settings = [.. run.Settings.Select(static s => new HistorySetting(s.Path, s.Name, s.Before, s.After))],
        Outcome = run.Phase switch
        {
            ChangePhase.Succeeded => HistoryOutcome.Done,
            ChangePhase.Failed or ChangePhase.Conflict => HistoryOutcome.Failed,
            ChangePhase.Recorded or ChangePhase.Deploying => HistoryOutcome.UnderWay,
            _ => HistoryOutcome.Unknown,
        },
        Message = run.Message,
        Notes = row.Verdict == StatementVerdict.NotInGoogle && _google is { Error: null, IsCut: false }
            ? ["Google's audit log has no entry of it."]
            : [],
        Revision = run.Revision,
        Run = run,
        Receipt = _receipts.GetValueOrDefault(run.Id),
        UndoneBy = _undoneBy.GetValueOrDefault(run.Id, ""),
        UndoOf = run.Change is Restore restore ? restore.Of : "",
        GoogleEntries = row.GoogleEntries,
    };

    private HistoryRow OfOthers(StatementRow row)
    {
        var act = _google.Book.Acts.FirstOrDefault(a => a.InsertIds.Count > 0 && row.GoogleEntries.Contains(a.InsertIds[0], StringComparer.Ordinal));
        var settings = Settings(row, act);
        var ready = row.Revision.Length > 0 ? _google.Book.Events.LastOrDefault(e => e.Revision == row.Revision) : null;
        List<string> notes = [];
        if (row.Verdict == StatementVerdict.MissingHere)
        {
            notes.Add("It was made with this console's account, and the audit trail holds no record of it.");
        }
        else if (act is null)
        {
            notes.Add(_google.Error is null
                ? "Google's audit log holds no entry of it; Cloud Run itself names who it was."
                : "Google's audit log could not be read; Cloud Run itself names who it was.");
        }

        var underWay = act is { Ended: null, Operation.Length: > 0, State: null } && _google.To - act.At < TimeSpan.FromMinutes(15);
        if (settings.Count == 0 && act is { Failure: null } && !underWay)
        {
            notes.Add("What it changed is not known: the log holds no state before and after it to compare, and no revision was made.");
        }

        return new HistoryRow
        {
            Id = act is not null ? act.InsertIds[0] : row.Revision.Length > 0 ? row.Revision : $"generation-{row.Generation}",
            At = row.At,
            Origin = row.Verdict switch
            {
                StatementVerdict.MissingHere => HistoryOrigin.Unrecorded,
                StatementVerdict.Unexplained => HistoryOrigin.Unexplained,
                _ => HistoryOrigin.Elsewhere,
            },
            Title = TitleOf(row, act),
            Who = row.GoogleBy.Length > 0 ? row.GoogleBy : row.CloudBy,
            Client = row.GoogleClient,
            Settings = settings,
            Outcome = act?.Failure is not null || ready is { Failed: true } ? HistoryOutcome.Failed
                : underWay ? HistoryOutcome.UnderWay
                : HistoryOutcome.Done,
            Message = act?.Failure ?? ready?.Text ?? "",
            Notes = notes,
            Revision = row.Revision,
            GoogleEntries = row.GoogleEntries,
        };
    }

    private static string TitleOf(StatementRow row, GoogleAct? act) => act switch
    {
        null when row.Revision.Length > 0 => "Revision made",
        null => "Updated",
        _ when act.Method.StartsWith("Create", StringComparison.Ordinal) => "Created",
        _ when act.Method.StartsWith("Delete", StringComparison.Ordinal) => "Deleted",
        _ when row.Revision.Length > 0 => "Deployed",
        _ => "Updated",
    };

    /// <summary>
    /// What belongs to a revision from the two revisions, whose fields have names and whose secrets are masked; what belongs to the service
    /// from the states that the log holds.
    /// </summary>
    private List<HistorySetting> Settings(StatementRow row, GoogleAct? act)
    {
        List<HistorySetting> settings = [];
        if (act is { State: { } after } && _stateBefore[act] is { } before && ServiceDocument.Parse(before) is { } old && ServiceDocument.Parse(after) is { } now)
        {
            settings.AddRange(SettingDiff.Compare(old, now).Where(static s => !s.IsOfTemplate).Select(static s => new HistorySetting(s.Path, s.Name, s.Before, s.After)));
        }

        for (var i = 1; row.Revision.Length > 0 && i < _revisions.Count; i++)
        {
            if (_revisions[i].Name.Id == row.Revision)
            {
                settings.AddRange(RevisionDiff.Compare(_revisions[i - 1], _revisions[i])
                    .Where(static d => d.Group != RevisionDifferenceGroup.Labels && d.Path != "revision")
                    .Select(static d => new HistorySetting($"template.{d.Path}", d.Name, d.Before ?? "not set", d.After ?? "not set")));
            }
        }

        return settings;
    }
}
