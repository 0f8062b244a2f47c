using Microsoft.EntityFrameworkCore;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;
using OpsConsole.Core.Storage;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.BackgroundActivity;

public sealed class AcceptancesTests : IAsyncLifetime
{
    private static readonly Actor Sam = new("sam@acme.example", "Sam Rivera", [Role.Sre]);
    private static readonly Actor Clara = new("clara@acme.example", "Clara Weiss", [Role.Compliance]);
    private static readonly Finding Audit = new()
    {
        Id = "f1",
        Kind = FindingKind.AfterResponse,
        Revision = new RevisionKey("acme", "europe-west1", "checkout", "checkout-00007-abc"),
        Template = "audit commit <*>",
    };

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opsconsole-");
    private readonly AuditTrailInMemory _trail = new();
    private Acceptances _acceptances = default!;
    private ConsoleDatabase _database = default!;

    public async Task InitializeAsync()
    {
        var database = new ConsoleDatabase(Path.Combine(_folder.FullName, "console.db"));
        await database.MigrateAsync(CancellationToken.None);
        _acceptances = new Acceptances(new AcceptanceStore(database, new RecordedWrites(database, _time)), _trail, new ActEvents(_time), _time);
        _database = database;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Accept_WithReasonAndExpiry_CountsUntilItExpires()
    {
        var result = await AcceptAsync(Sam, "moves to a job in December", 30);

        Assert.True(result.IsOk);
        var current = await _acceptances.CurrentAsync("acme", CancellationToken.None);
        Assert.Equal("moves to a job in December", current["f1"].Reason);
        Assert.Equal("Sam Rivera", current["f1"].ActorName);
        Assert.Equal("audit commit <*>", current["f1"].Template);

        _time.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await _acceptances.CurrentAsync("acme", CancellationToken.None));
        Assert.Single(await _acceptances.HistoryAsync("acme", "f1", CancellationToken.None));
    }

    [Fact]
    public async Task Accept_ByWhoMayNot_IsRefusedInCore()
    {
        var result = await AcceptAsync(Clara, "fine by me", 30);

        Assert.IsType<AcceptanceError.NotAllowed>(result.Error);
        Assert.Contains("Sre", result.Error!.Message, StringComparison.Ordinal);
        Assert.Empty(await _acceptances.HistoryAsync("acme", "f1", CancellationToken.None));
        var denied = Assert.Single(_trail.Events);
        Assert.Equal((AuditActions.FindingAccept, AuditOutcome.Denied, "clara@acme.example"), (denied.Action, denied.Outcome, denied.Actor.Id));
    }

    [Fact]
    public async Task Accept_AndWithdraw_AreEventsOfTheProject()
    {
        await AcceptAsync(Sam, "for now", 30);
        await _acceptances.WithdrawAsync(Sam, "acme", "f1", "it lost an order", CancellationToken.None);

        Assert.Equal([AuditActions.FindingAccept, AuditActions.FindingWithdraw], await ActionsAsync());
    }

    [Fact]
    public async Task Accept_WhenTheTrailCannotTakeIt_IsNotDone()
    {
        await using (var db = _database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE audit_inbox RENAME TO gone");
        }

        var result = await AcceptAsync(Sam, "for now", 30);

        Assert.IsType<AcceptanceError.NotStored>(result.Error);
        Assert.Contains("audit trail cannot", result.Error!.Message, StringComparison.Ordinal);
        Assert.Empty(await _acceptances.CurrentAsync("acme", CancellationToken.None));
    }

    [Fact]
    public async Task Accept_WhenTheActCannotBeKept_LeavesNoEvent()
    {
        await using (var db = _database.Open())
        {
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE finding_acceptance RENAME TO gone");
        }

        Assert.IsType<AcceptanceError.NotStored>((await AcceptAsync(Sam, "for now", 30)).Error);
        Assert.Empty(await ActionsAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(368)]
    public async Task Accept_WithAnExpiryThatIsNotWithinAYear_IsRefused(int days) =>
        Assert.IsType<AcceptanceError.BadExpiry>((await AcceptAsync(Sam, "reason", days)).Error);

    [Theory]
    [InlineData("")]
    [InlineData("  \n ")]
    public async Task Accept_WithoutAReason_IsRefused(string reason) =>
        Assert.IsType<AcceptanceError.BadReason>((await AcceptAsync(Sam, reason, 30)).Error);

    [Fact]
    public async Task Withdraw_OfAnAcceptance_StandsBesideItOnTheRecord()
    {
        await AcceptAsync(Sam, "for now", 30);
        _time.Advance(TimeSpan.FromMinutes(1));

        var withdrawn = await _acceptances.WithdrawAsync(Sam, "acme", "f1", "it lost an order", CancellationToken.None);

        Assert.True(withdrawn.IsOk);
        Assert.Empty(await _acceptances.CurrentAsync("acme", CancellationToken.None));
        var history = await _acceptances.HistoryAsync("acme", "f1", CancellationToken.None);
        Assert.Equal([(false, "it lost an order"), (true, "for now")], history.Select(static a => (a.Accepted, a.Reason)));
        Assert.IsType<AcceptanceError.NothingToWithdraw>(
            (await _acceptances.WithdrawAsync(Sam, "acme", "f1", "again", CancellationToken.None)).Error);
    }

    [Fact]
    public async Task Withdraw_ByWhoMayNot_IsRefused()
    {
        await AcceptAsync(Sam, "for now", 30);

        Assert.IsType<AcceptanceError.NotAllowed>((await _acceptances.WithdrawAsync(Clara, "acme", "f1", "no", CancellationToken.None)).Error);
        Assert.Single(await _acceptances.CurrentAsync("acme", CancellationToken.None));
    }

    [Fact]
    public async Task Current_OfAnotherProject_DoesNotHaveIt()
    {
        await AcceptAsync(Sam, "for now", 30);

        Assert.Empty(await _acceptances.CurrentAsync("other", CancellationToken.None));
    }

    private async Task<List<string>> ActionsAsync()
    {
        await using var db = _database.Open();
        return await db.Database.SqlQueryRaw<string>("SELECT json_extract(body, '$.action') AS Value FROM audit_inbox WHERE workspace = 'acme' ORDER BY seq").ToListAsync();
    }

    private Task<AcceptanceResult> AcceptAsync(Actor actor, string reason, int days) =>
        _acceptances.AcceptAsync(actor, Audit, reason, _time.GetUtcNow().AddDays(days), CancellationToken.None);
}
