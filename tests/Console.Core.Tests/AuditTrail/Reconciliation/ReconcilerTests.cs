using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Reconciliation;

namespace OpsConsole.Core.Tests.AuditTrail.Reconciliation;

public sealed class ReconcilerTests
{
    private const string Console = "ops-console@acme-prod.iam.gserviceaccount.com";
    private static readonly BookKey Checkout = new("services", "acme-prod", "europe-west1", "checkout");
    private static readonly DateTimeOffset Day = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_ChangeInAllBooks_OneRowThatNamesThePerson()
    {
        var row = Assert.Single(Rows([Google(9, Console, "OpsConsole/0.1", "op-1", 5, "checkout-00005-aaa")], [Ledger(9, "op-1", "checkout-00005-aaa")], Cloud(5, 9, Console, ("checkout-00005-aaa", 9))));

        Assert.Equal(StatementVerdict.Explained, row.Verdict);
        Assert.Equal(("sam.rivera@acme.example", Console, Console), (row.LedgerBy, row.GoogleBy, row.CloudBy));
        Assert.Equal(("checkout-00005-aaa", 5, "i1.outcome"), (row.Revision, row.Generation, row.EventId));
    }

    [Fact]
    public void Of_ChangeByAnotherTool_OutsideWithItsAccount()
    {
        var row = Assert.Single(Rows([Google(9, "deploy-bot@acme.example", "gcloud", "op-1", 5, "checkout-00005-aaa")], [], Cloud(5, 9, "deploy-bot@acme.example", ("checkout-00005-aaa", 9))));

        Assert.Equal((StatementVerdict.Outside, "deploy-bot@acme.example"), (row.Verdict, row.GoogleBy));
    }

    [Fact]
    public void Of_ChangeOfThisConsoleThatTheTrailLacks_MissingHere() =>
        Assert.Equal(StatementVerdict.MissingHere, Assert.Single(Rows([Google(9, Console, "OpsConsole/0.1", "op-1", 5, "")], [], Cloud(5, 9, Console))).Verdict);

    [Fact]
    public void Of_OurAccountUsedByAnotherTool_MissingHere()
    {
        var rows = Rows([Google(9, Console, "OpsConsole/0.1", "op-1", 5, ""), Google(10, Console, "curl/8", "op-2", 6, "")], [Ledger(9, "op-1", "")], Cloud(6, 10, Console));

        Assert.Equal([StatementVerdict.Explained, StatementVerdict.MissingHere], rows.Select(static r => r.Verdict));
    }

    [Fact]
    public void Of_ClaimThatGooglesLogLacks_NotInGoogle()
    {
        var row = Assert.Single(Rows([], [Ledger(9, "op-1", "checkout-00005-aaa")], Cloud(4, -90, "x")));

        Assert.Equal((StatementVerdict.NotInGoogle, "op-1"), (row.Verdict, row.Operation));
    }

    [Fact]
    public void Of_ClaimOfTheLastMinutes_WaitsForGooglesLog() =>
        Assert.Equal(StatementVerdict.Unsettled, Assert.Single(Rows([], [Ledger(23.95, "op-1", "")], Cloud(4, -90, "x"))).Verdict);

    [Fact]
    public void Of_IntentWithoutOutcome_UnsettledOrSeenInGooglesLog()
    {
        var intent = Ledger(9, "", "") with { Outcome = AuditOutcome.Unknown, OutcomeId = "" };

        Assert.Equal(StatementVerdict.Unsettled, Assert.Single(Rows([], [intent], Cloud(4, -90, "x"))).Verdict);
        var seen = Assert.Single(Rows([Google(9.01, Console, "OpsConsole/0.1", "op-1", 5, "")], [intent], Cloud(5, 9.01, Console)));
        Assert.Equal((StatementVerdict.Explained, "i1"), (seen.Verdict, seen.EventId));
        Assert.Contains("not recorded here", seen.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RevisionAndGenerationInNeitherLog_UnexplainedOnce()
    {
        var row = Assert.Single(Rows([], [], Cloud(5, 9, "mallory@acme.example", ("checkout-00005-aaa", 9))));

        Assert.Equal((StatementVerdict.Unexplained, "checkout-00005-aaa", 5, "mallory@acme.example"), (row.Verdict, row.Revision, row.Generation, row.CloudBy));
    }

    [Fact]
    public void Of_GenerationWithoutARevisionInNeitherLog_Unexplained() =>
        Assert.Equal((StatementVerdict.Unexplained, 5), Assert.Single(Rows([], [], Cloud(5, 9, "mallory@acme.example"))) is var row ? (row.Verdict, row.Generation) : default);

    [Fact]
    public void Of_ChangeOfTrafficThatNamesTheLatestRevision_DoesNotTakeItFromItsMaker()
    {
        // Each entry names the latest revision: the one that made it at 9:00, and two that moved traffic afterwards.
        var rows = Rows(
            [Google(9, "a@x", "gcloud", "op-1", 5, "checkout-00005-aaa"), Google(10, "b@x", "gcloud", "op-2", 6, "checkout-00005-aaa"), Google(11, "c@x", "gcloud", "op-3", 7, "checkout-00005-aaa")],
            [], Cloud(7, 11, "c@x", ("checkout-00005-aaa", 9)));

        Assert.Equal(["checkout-00005-aaa", "", ""], rows.Select(static r => r.Revision));
    }

    [Fact]
    public void Of_RefusedChange_IsNoClaim() =>
        Assert.Equal(StatementVerdict.Explained, Assert.Single(Rows([], [Ledger(9, "", "") with { Outcome = AuditOutcome.Denied }], Cloud(4, -90, "x"))).Verdict);

    [Fact]
    public void Of_ChangesAroundTheWindow_AreNotInIt()
    {
        var rows = Rows([Google(-0.01, "a@x", "gcloud", "op-1", 5, ""), Google(0, "a@x", "gcloud", "op-2", 6, ""), Google(24, "a@x", "gcloud", "op-3", 7, "")], [], Cloud(7, 24, "a@x"));

        Assert.Equal([6L], rows.Select(static r => r.Generation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_AnyBooks_EachEntryIsUsedOnceInWhateverOrderTheyCome(int seed)
    {
        for (var world = 0; world < 400; world++)
        {
            var random = new Random((seed * 1000) + world);
            var google = Enumerable.Range(0, random.Next(6)).Select(i => Google(
                random.Next(1, 24), random.Next(2) == 0 ? Console : "bot@x", random.Next(2) == 0 ? "OpsConsole/0.1" : "gcloud", $"op-{i}", random.Next(2) * (i + 3), random.Next(2) == 0 ? "" : $"r{random.Next(4)}")).ToList();
            var ledger = Enumerable.Range(0, random.Next(6)).Select(i => Ledger(
                random.Next(1, 24) + (random.Next(3) * 0.01), random.Next(2) == 0 ? "" : $"op-{random.Next(8)}", random.Next(2) == 0 ? "" : $"r{random.Next(4)}") with
            { IntentId = $"i{i}", OutcomeId = $"i{i}.outcome" }).ToList();
            var cloud = Cloud(random.Next(9), random.Next(1, 24), "x", [.. Enumerable.Range(0, random.Next(4)).Select(i => ($"r{i}", (double)random.Next(1, 24)))]);

            var rows = Rows(google, ledger, cloud);

            Assert.Equal(google.SelectMany(static g => g.InsertIds).Order(StringComparer.Ordinal), rows.SelectMany(static r => r.GoogleEntries).Order(StringComparer.Ordinal));
            Assert.Equal(ledger.Select(static l => l.OutcomeId).Order(StringComparer.Ordinal), rows.Select(static r => r.EventId).Where(static id => id.Length > 0).Order(StringComparer.Ordinal));
            Assert.All(cloud.Revisions, revision => Assert.Contains(rows, r => r.Revision == revision.Name));
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(google));
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ledger));
            Assert.Equal(rows, Rows(google, ledger, cloud with { Revisions = [.. cloud.Revisions.Reverse()] }));
        }
    }

    private static IReadOnlyList<StatementRow> Rows(IReadOnlyList<GoogleAct> google, IReadOnlyList<LedgerAct> ledger, CloudFact cloud) => Reconciler.Of(
        new Books([cloud], new GoogleBook(google, new Dictionary<string, string>(StringComparer.Ordinal)), ledger), Day, Day.AddDays(1), Day.AddDays(1));

    private static GoogleAct Google(double hour, string principal, string client, string operation, long generation, string revision) => new()
    {
        Key = Checkout,
        Method = "UpdateService",
        Principal = principal,
        UserAgent = client,
        At = Day.AddHours(hour),
        Ended = Day.AddHours(hour).AddSeconds(8),
        Operation = operation,
        Generation = generation,
        Revision = revision,
        InsertIds = [operation],
    };

    private static LedgerAct Ledger(double hour, string operation, string revision) => new()
    {
        Key = Checkout,
        Workspace = "acme-prod",
        IntentId = "i1",
        OutcomeId = "i1.outcome",
        Actor = "sam.rivera@acme.example",
        Title = "Keep CPU allocated",
        Reason = "INC-7",
        At = Day.AddHours(hour).AddSeconds(-1),
        Outcome = AuditOutcome.Success,
        Operation = operation,
        Revision = revision,
    };

    private static CloudFact Cloud(long generation, double hour, string by, params (string Name, double Hour)[] revisions) => new()
    {
        Key = Checkout,
        Generation = generation,
        Updated = Day.AddHours(hour),
        LastModifier = by,
        Revisions = [.. revisions.Select(r => new CloudRevision(r.Name, Day.AddHours(r.Hour), by))],
    };
}
