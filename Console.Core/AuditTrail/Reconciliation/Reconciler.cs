namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>
/// Holds the three books against each other. Pure. What one book says is joined to what another says by the operation's name, else by
/// the revision's, else by time; each entry of a book is used once.
/// </summary>
public static class Reconciler
{
    /// <summary>Books are read for so much more on either side, so that a change on the edge is not torn apart.</summary>
    public static readonly TimeSpan Around = TimeSpan.FromMinutes(10);

    /// <summary>Clock of Cloud Run's state against that of its log: both are Google's.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(5);

    /// <summary>From our intent to Google's entry: a PATCH may be held up.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    /// <summary>Google's log may be so much behind.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(5);

    /// <summary>One row for each change in [from, to), by time.</summary>
    /// <param name="books">The books.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <param name="readAt">When Google's log was read.</param>
    public static IReadOnlyList<StatementRow> Of(Books books, DateTimeOffset from, DateTimeOffset to, DateTimeOffset readAt)
    {
        var joined = Join(books);

        // Whoever holds the account of our own matched changes acts as the console, whatever program is used.
        var accounts = joined.Where(static j => j is { Google: not null, Ledger: not null } && j.Google.Principal.EndsWith(".gserviceaccount.com", StringComparison.Ordinal))
            .Select(static j => j.Google!.Principal).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. joined.Select(j => Row(j, books.Google.Readiness, accounts, readAt))
                .Where(row => row.At >= from && row.At < to)
                .OrderBy(static row => row.At).ThenBy(static row => row.Id, StringComparer.Ordinal).ThenBy(static row => row.Revision, StringComparer.Ordinal)
                .ThenBy(static row => row.EventId, StringComparer.Ordinal).ThenBy(static row => row.Operation, StringComparer.Ordinal),
        ];
    }

    private static List<Joined> Join(Books books)
    {
        List<Joined> all = [];
        var google = books.Google.Acts.ToLookup(static g => g.Key);
        var ledger = books.Ledger.ToLookup(static l => l.Key);
        var cloud = books.Cloud.ToLookup(static c => c.Key);
        foreach (var key in google.Select(static g => g.Key).Concat(ledger.Select(static l => l.Key)).Concat(cloud.Select(static c => c.Key)).Distinct())
        {
            var rows = google[key].OrderBy(static g => g.At).ThenBy(static g => g.Operation, StringComparer.Ordinal).Select(static g => new Joined(g.Key) { Google = g }).ToList();
            AddLedger(rows, [.. ledger[key].OrderBy(static l => l.At).ThenBy(static l => l.IntentId, StringComparer.Ordinal)]);
            foreach (var fact in cloud[key])
            {
                AddCloud(rows, fact);
            }

            all.AddRange(rows);
        }

        return all;
    }

    private static void AddLedger(List<Joined> rows, List<LedgerAct> acts)
    {
        Pair(static (g, l) => l.Operation.Length > 0 && g.Operation == l.Operation);
        Pair(static (g, l) => l.Revision.Length > 0 && g.Revision == l.Revision && g.At >= l.At - Near && g.At <= l.At + Around);

        // Google's operation ids are not documented to be the names of operations, and a change of scaling makes no revision.
        Pair(static (g, l) => IsConsole(g) && g.At >= l.At - Near && g.At <= l.At + Soon);
        rows.AddRange(acts.Select(static l => new Joined(l.Key) { Ledger = l }));

        void Pair(Func<GoogleAct, LedgerAct, bool> belong)
        {
            foreach (var act in acts.ToList())
            {
                if (rows.Find(row => row is { Google: not null, Ledger: null } && belong(row.Google, act)) is { } row)
                {
                    row.Ledger = act;
                    acts.Remove(act);
                }
            }
        }
    }

    private static void AddCloud(List<Joined> rows, CloudFact fact)
    {
        foreach (var revision in fact.Revisions.OrderBy(static r => r.Created).ThenBy(static r => r.Name, StringComparer.Ordinal))
        {
            // Named by its maker; or made while the act ran, by the same account (an act that changes traffic alone names the latest revision too).
            var row = rows.Find(r => r.Revision is null && r.Google is { Failure: null } g && g.Revision == revision.Name && WhileRunning(g, revision.Created))
                ?? rows.Find(r => r.Revision is null && r.Google is { } g && (g.Revision.Length == 0 || g.Revision == revision.Name) && WhileRunning(g, revision.Created) && (revision.Creator.Length == 0 || g.Principal == revision.Creator))
                ?? rows.Find(r => r is { Revision: null, Google: null, Ledger: not null } && r.Ledger.Revision == revision.Name);
            if (row is null)
            {
                rows.Add(row = new Joined(fact.Key));
            }

            row.Revision = revision;
        }

        if (fact is not { Generation: > 0, Updated: { } updated })
        {
            return;
        }

        var made = rows.Find(r => r.Google?.Generation == fact.Generation)
            ?? rows.Where(r => r.Google is { Generation: 0 } g && WhileRunning(g, updated)).MinBy(r => (r.Google!.At - updated).Duration())
            ?? rows.Find(r => r is { Google: null, Ledger.Outcome: AuditOutcome.Success } && updated >= r.Ledger.At - Near && updated <= r.Ledger.At + Soon)
            ?? rows.Find(r => r is { Google: null, Ledger: null } && (r.Revision!.Created - updated).Duration() <= Near);
        if (made is null)
        {
            rows.Add(made = new Joined(fact.Key));
        }

        made.State = fact;
    }

    private static bool WhileRunning(GoogleAct act, DateTimeOffset time) => time >= act.At - Near && time <= (act.Ended ?? act.At) + Near;

    private static bool IsConsole(GoogleAct act) => act.UserAgent.StartsWith("OpsConsole/", StringComparison.OrdinalIgnoreCase);

    private static StatementRow Row(Joined joined, IReadOnlyDictionary<string, string> readiness, HashSet<string> accounts, DateTimeOffset readAt)
    {
        var (google, ledger, revision) = (joined.Google, joined.Ledger, joined.Revision);
        var name = revision?.Name ?? (ledger is { Revision.Length: > 0 } ? ledger.Revision : "");
        var (verdict, note) = Judge(joined, accounts, readAt);
        return new StatementRow
        {
            Verdict = verdict,
            Collection = joined.Key.Collection,
            Location = joined.Key.Location,
            Id = joined.Key.Id,
            At = google?.At ?? ledger?.At ?? revision?.Created ?? joined.State!.Updated!.Value,
            What = ledger is { Title.Length: > 0 } ? ledger.Title : google?.Method ?? "",
            Revision = name,
            Generation = google is { Generation: > 0 } ? google.Generation : joined.State?.Generation ?? 0,
            CloudBy = revision is { Creator.Length: > 0 } ? revision.Creator : joined.State?.LastModifier ?? "",
            GoogleBy = google?.Principal ?? "",
            GoogleClient = google?.UserAgent ?? "",
            GoogleEntries = google?.InsertIds ?? [],
            LedgerBy = ledger?.Actor ?? "",
            Reason = ledger?.Reason ?? "",
            Workspace = ledger?.Workspace ?? "",
            EventId = ledger is null ? "" : ledger.OutcomeId.Length > 0 ? ledger.OutcomeId : ledger.IntentId,
            Operation = google is { Operation.Length: > 0 } ? google.Operation : ledger?.Operation ?? "",
            Note = string.Join(' ', new[] { note, google?.Failure is { } failure ? $"It failed: {failure}" : "", name.Length > 0 && readiness.TryGetValue(name, out var ready) ? ready : "" }.Where(static t => t.Length > 0)),
        };
    }

    private static (StatementVerdict Verdict, string Note) Judge(Joined joined, HashSet<string> accounts, DateTimeOffset readAt) => joined switch
    {
        { Google: not null, Ledger.Outcome: AuditOutcome.Unknown } => (StatementVerdict.Explained, "How it ended is not recorded here."),
        { Google: not null, Ledger: not null } => (StatementVerdict.Explained, ""),
        { Google: { } google } when IsConsole(google) || accounts.Contains(google.Principal) => (
            StatementVerdict.MissingHere, IsConsole(google) ? "Google's log says that this console made it." : "Made with the account that this console uses."),
        { Google: not null } => (StatementVerdict.Outside, ""),
        { Ledger: { Outcome: AuditOutcome.Success } ledger } => readAt - ledger.At < Lag
            ? (StatementVerdict.Unsettled, "Google's log may not have it yet.")
            : (StatementVerdict.NotInGoogle, ""),
        { Ledger.Outcome: AuditOutcome.Unknown } => (StatementVerdict.Unsettled, "How it ended is not known."),
        { Ledger: not null } => (StatementVerdict.Explained, "It was refused or failed before Cloud Run took it."),
        { Revision: not null } => (StatementVerdict.Unexplained, "Cloud Run lists this revision; neither log says who made it."),
        _ => (StatementVerdict.Unexplained, "Cloud Run is at this generation; neither log says who made it."),
    };

    private sealed class Joined(BookKey key)
    {
        public BookKey Key { get; } = key;

        public GoogleAct? Google { get; init; }

        public LedgerAct? Ledger { get; set; }

        public CloudRevision? Revision { get; set; }

        public CloudFact? State { get; set; }
    }
}
