using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Reconciliation;

namespace OpsConsole.Core.Tests.AuditTrail.Reconciliation;

public sealed class StatementTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Details_AnyStatement_ComesBackFromItsEventsWithTheSameDigest() => Prop.ForAll(Gen.Choose(0, 400).ToArbitrary(), static count =>
    {
        var statement = Of([.. Enumerable.Range(0, count).Select(i => Row(i, (StatementVerdict)(i % 6)))]);

        var parts = StatementJson.Details(statement).Select(static d => StatementJson.Read(JsonElement.Parse(d.GetRawText()))!).ToList();

        Assert.Equal(Math.Max(1, (count + StatementJson.RowsOfOneEvent - 1) / StatementJson.RowsOfOneEvent), parts.Count);
        Assert.Equal(statement.Rows, parts.SelectMany(static p => p.Rows));
        Assert.All(parts, part => Assert.Equal(StatementJson.Digest(statement.Rows), part.Sha256));
        Assert.Equal(count, parts[0].Counts.Values.Sum());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Details_FullPart_FitsIntoAnEvent()
    {
        var rows = Enumerable.Range(0, StatementJson.RowsOfOneEvent).Select(static i => Row(i, StatementVerdict.Explained) with { Reason = new string('r', 400), Note = new string('n', 300) }).ToList();

        Assert.InRange(StatementJson.Details(Of(rows))[0].GetRawText().Length, 100_000, 240_000);
    }

    [Fact]
    public void IsWhole_RowChangedOrPartMissing_False()
    {
        var statement = Of([Row(1, StatementVerdict.Outside)]);
        var whole = new SealedStatement(statement, "opsconsole", [null!], StatementJson.Digest(statement.Rows), 1);

        Assert.True(whole.IsWhole);
        Assert.False((whole with { Parts = 2 }).IsWhole);
        Assert.False((whole with { Statement = statement with { Rows = [statement.Rows[0] with { GoogleBy = "somebody.else@acme.example" }] } }).IsWhole);
    }

    [Fact]
    public void Sentence_AllVerdicts_SaysEachAndWhoMadeWhatOutside()
    {
        var rows = StatementWords.All.Select((verdict, i) => Row(i, verdict)).Append(Row(9, StatementVerdict.Outside) with { GoogleBy = "terraform@acme.example" }).Append(Row(10, StatementVerdict.Outside)).ToList();

        Assert.Equal(
            "Of 8 changes in acme-prod on 21 November 2026 (UTC), 1 is explained, 1 is not settled yet, 3 were made outside the console (deploy-bot@acme.example 2, terraform@acme.example 1), "
            + "1 is claimed here and not in Google's log, 1 is in neither log, 1 is in Google's log and missing here.",
            StatementSentence.Of(Of(rows)));
        Assert.Equal("No service and no worker pool of acme-prod was changed on 21 November 2026 (UTC).", StatementSentence.Of(Of([])));
    }

    [Fact]
    public void Csv_TextsFromOutside_AreGuarded()
    {
        using var text = new StringWriter();
        StatementJson.WriteCsv([Row(1, StatementVerdict.Outside) with { Reason = "=HYPERLINK(\"x\")" }], text);

        Assert.Contains("\"'=HYPERLINK(\"\"x\"\")\"", text.ToString(), StringComparison.Ordinal);
    }

    private static Statement Of(IReadOnlyList<StatementRow> rows) => new() { Id = "s", Project = "acme-prod", From = Day, To = Day.AddDays(1), MadeAt = Day.AddDays(1), Notes = ["n"], Rows = rows };

    private static StatementRow Row(int number, StatementVerdict verdict) => new()
    {
        Verdict = verdict,
        Collection = "services",
        Location = "europe-west1",
        Id = "checkout",
        At = Day.AddMinutes(number).AddTicks(number * 10),
        What = "UpdateService",
        Revision = $"checkout-{number:D5}-abc",
        Generation = number,
        CloudBy = "deploy-bot@acme.example",
        GoogleBy = "deploy-bot@acme.example",
        GoogleClient = "gcloud/1 \"q\" <x>",
        GoogleEntries = ["-a", "-b"],
        LedgerBy = "sam@acme.example",
        Reason = "ü \u2028 reason",
        Workspace = "acme-prod",
        EventId = $"e{number}",
        Operation = "projects/p/locations/l/operations/o",
        Note = "n",
    };
}
