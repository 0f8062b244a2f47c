using System.Buffers.Binary;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpsConsole.Core;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Ingestion;
using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Moves;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.Circuits;
using OpsConsole.Testing.Processes;

namespace OpsConsole.Web.Tests.Consoles;

/// <summary>
/// One of two consoles is killed in the middle of all that only one of them does: copying Google's audit log, making the daily statements, moving
/// traffic in steps. The other does the rest, and nothing twice.
/// </summary>
public sealed class TakeoverTests
{
    private const string Project = "acme-prod";
    private const int HeldEntry = 1001;
    private const int HeldStatement = 1002;
    private static readonly ResourceName Checkout = ResourceName.Service(Project, "europe-west1", "checkout");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Kill_TheOneThatCopiesStatesAndMoves_TheOtherDoesTheRestAndNothingTwice()
    {
        await using var fleet = await Fleet.StartAsync();
        using var google = new HttpClient { BaseAddress = fleet.Google.BaseAddress };
        var (old, fresh) = await PinnedAsync(google);

        // The database holds one console's third entry of Google's log, and its third statement, in the middle of their transactions.
        await fleet.Database.ExecuteAsync($"""
            CREATE SEQUENCE public.entries; CREATE SEQUENCE public.statements; GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO PUBLIC;
            CREATE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF current_setting('application_name') = 'a' AND NEW.via = 'cloudAuditLogs' AND nextval('public.entries') = 3 THEN PERFORM pg_advisory_xact_lock({HeldEntry}); END IF;
                IF current_setting('application_name') = 'a' AND NEW.id LIKE 'statement-%' AND nextval('public.statements') = 3 THEN PERFORM pg_advisory_xact_lock({HeldStatement}); END IF;
                RETURN NEW; END $$;
            CREATE TRIGGER hold_now BEFORE INSERT ON audit.inbox FOR EACH ROW EXECUTE FUNCTION public.hold(); ALTER TABLE audit.inbox ENABLE ALWAYS TRIGGER hold_now;
            """);
        await using var holding = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(fleet.Database.Connection) { Pooling = false }.ToString());
        await holding.OpenAsync();
        await RunAsync(holding, $"SELECT pg_advisory_lock({HeldEntry}), pg_advisory_lock({HeldStatement})");

        var entries = await EntriesAsync(fleet);
        Assert.True(entries.Count > 3, $"{entries.Count} entries");

        // It waits as long as it is held.
        var patient = new NpgsqlConnectionStringBuilder(fleet.Database.Connection) { ApplicationName = "a", CommandTimeout = 300 }.ToString();
        var a = await fleet.AddAsync("a", new Dictionary<string, string>(StringComparer.Ordinal) { ["Database:Connection"] = patient });
        await Fleet.UntilAsync("both are held", async () => await WaitingAsync(fleet) == 2);
        var b = await fleet.AddAsync("b");
        var id = await BeginMoveAsync(fleet, a, new MoveTraffic(fresh, [10, 100], 10));
        await Fleet.UntilAsync("the first step is in effect", async () => await OutcomesAsync(fleet) == 1);
        Assert.Equal(("a", "a"), (await HolderAsync(fleet, "daily-statements"), await HolderAsync(fleet, $"cloud-audit-logs.{Project}")));
        await a.KillAsync();

        // The other has the turns while the server still has the dead one's transactions in hand; they come to their end after it.
        await Fleet.UntilAsync("the other copies", async () => await HolderAsync(fleet, $"cloud-audit-logs.{Project}") == "b");
        await Fleet.UntilAsync("the other makes statements", async () => await HolderAsync(fleet, "daily-statements") == "b" || await StatementsAsync(fleet) == 7);
        await RunAsync(holding, "SELECT pg_advisory_unlock_all()");

        await Fleet.UntilAsync("all statements are made", async () => await StatementsAsync(fleet) >= 7);
        await Fleet.UntilAsync("all steps are in effect", async () => await OutcomesAsync(fleet) == 2 && await ActsAsync(fleet) == 2);
        await OnceAsync(fleet, entries);

        // The move went on from the step that was recorded, and the service is as its plan says.
        var history = new MoveHistory(fleet.Reader, new Core.Changes.Running.ChangeBoard(TimeProvider.System), TimeProvider.System);
        var move = (await history.FindAsync(Checkout, id, CancellationToken.None))!;
        Assert.Equal(MoveState.Finished, move.State);
        Assert.Equal(2, move.Steps.Count(static s => s.Change is { OutcomeRecorded: true }));
        Assert.NotEqual(move.Steps[0].Change!.Console, move.Steps[1].Change!.Console);
        var traffic = JsonNode.Parse(await google.GetStringAsync(new Uri($"v2/{Checkout.Value}", UriKind.Relative)))!["traffic"]!.AsArray();
        Assert.Equal((fresh, 100), ((string)Assert.Single(traffic)!["revision"]!, (int)traffic[0]!["percent"]!));
        Assert.NotEqual(old, fresh);
        Assert.False(b.HasExited, b.Output);
    }

    /// <summary>Ids of the events that the entries of Google's log are.</summary>
    private static async Task<IReadOnlySet<string>> EntriesAsync(Fleet fleet)
    {
        await using var services = new ServiceCollection().AddLogging().AddOpsConsoleCore(new GoogleConnection
        {
            Projects = [Project],
            CloudRunBaseAddress = fleet.Google.BaseAddress,
            LoggingBaseAddress = fleet.Google.BaseAddress,
            ResourceManagerBaseAddress = null,
            Credentials = GoogleCredentials.None,
        }).BuildServiceProvider();
        HashSet<string> ids = new(StringComparer.Ordinal);
        var query = new LogQuery { Project = Project, Filter = CloudAuditEvents.Filter(Project, TimeProvider.System.GetUtcNow().AddDays(-1)) };
        await foreach (var page in services.GetRequiredService<ILogs>().ReadAsync(query, CancellationToken.None))
        {
            Assert.Null(page.Error);
            ids.UnionWith(page.Entries.Where(static e => CloudAuditEvents.Read(Project, e) is not null).Select(static e => CloudAuditEvents.IdOf(e)));
        }

        return ids;
    }

    private static async Task OnceAsync(Fleet fleet, IReadOnlySet<string> entries)
    {
        // Each entry of Google's log, once.
        await Fleet.UntilAsync("all entries are copied", async () => entries.IsSubsetOf(await CopiedAsync(fleet)));
        await Fleet.UntilAsync("all is sealed and indexed", async () => await fleet.Database.ScalarAsync<long>(
            "SELECT (SELECT count(*) FROM audit.inbox) + (SELECT count(*) FROM audit.receipt) - (SELECT count(*) FROM audit.search)") == 0);
        var copied = await CopiedAsync(fleet);
        Assert.Equal(copied.Count, copied.Distinct(StringComparer.Ordinal).Count());

        // One statement for each day, and no leaf twice.
        var statements = await fleet.Database.ListAsync<string>("SELECT event_id FROM audit.search WHERE action = 'audit.statement' AND event_id ~ '^statement-acme-prod-[0-9]{8}$'");
        var today = DateOnly.FromDateTime((TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(30)).UtcDateTime);
        Assert.Equal(Enumerable.Range(1, 7).Select(back => Statements.DailyId(Project, today.AddDays(-back))).Order(StringComparer.Ordinal), statements.Order(StringComparer.Ordinal));
        Assert.Equal(
            await fleet.Database.ScalarAsync<long>("SELECT count(*) FROM audit.receipt"),
            await fleet.Database.ScalarAsync<long>("SELECT count(DISTINCT seq) FROM audit.leaf WHERE seq IS NOT NULL"));
    }

    private static Task<IReadOnlyList<string>> CopiedAsync(Fleet fleet) => fleet.Database.ListAsync<string>("SELECT id FROM audit.receipt WHERE id LIKE 'gcp-%'");

    private static Task<long> StatementsAsync(Fleet fleet) => fleet.Database.ScalarAsync<long>("SELECT count(*) FROM audit.receipt WHERE id ~ '^statement-acme-prod-[0-9]{8}$'");

    private static Task<long> WaitingAsync(Fleet fleet) => fleet.Database.ScalarAsync<long>(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

    /// <summary>Name of the console that has a turn; empty for nobody.</summary>
    private static async Task<string> HolderAsync(Fleet fleet, string turn)
    {
        var key = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"opsconsole {turn}")));
        return (await fleet.Database.ListAsync<string>($"""
            SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.classid::bigint = {(uint)(key >> 32)} AND l.objid::bigint = {(uint)key} AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """)).FirstOrDefault("");
    }

    private static Task<int> OutcomesAsync(Fleet fleet) => CountAsync(fleet, AuditActions.ChangeOutcome);

    private static Task<int> ActsAsync(Fleet fleet) => CountAsync(fleet, AuditActions.ChangeMove);

    private static async Task<int> CountAsync(Fleet fleet, string action)
    {
        var count = 0;
        await foreach (var _ in fleet.Reader.OwnActsAsync(new AuditQuery { Actions = [action] }, CancellationToken.None))
        {
            count++;
        }

        return count;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> BeginMoveAsync(Fleet fleet, ConsoleProcess console, MoveTraffic move)
    {
        using var sam = fleet.As(console, "sam@acme.example");
        await using var page = await OpenPage.OpenAsync(
            sam, Urls.PlanChange(Urls.Service(Checkout), Checkout, move), static root => Reason(root) is not null, Patience, CancellationToken.None);
        await page.TypeAsync(Reason, "step by step", static _ => true, Patience, CancellationToken.None);
        await page.SubmitAsync(
            static root => root.Find("form", static form => form.HasClass("change-apply")), static root => root.Find("div", static d => d.HasClass("change-progress")) is not null, Patience, CancellationToken.None);
        await foreach (var record in fleet.Reader.OwnActsAsync(new AuditQuery { Actions = [AuditActions.ChangeIntent] }, CancellationToken.None))
        {
            return record.Event.Id;
        }

        throw new InvalidOperationException("There is no intent.");
    }

    private static PageNode? Reason(PageNode root) => root.Find("textarea", static t => t["id"] == "change-reason");

    /// <summary>All traffic on an old revision, and a new one that has none.</summary>
    private static async Task<(string Old, string Fresh)> PinnedAsync(HttpClient google)
    {
        var old = await LatestAsync(google);
        await PatchAsync(google, "traffic", new { traffic = new[] { new { type = "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION", revision = old, percent = 100 } } });
        await PatchAsync(google, "template.timeout,template.revision", new { template = new { timeout = "77s" } });
        return (old, await LatestAsync(google));
    }

    private static async Task<string> LatestAsync(HttpClient google) => ((string)(await ReadAsync(google))["latestReadyRevision"]!).Split('/')[^1];

    private static async Task<JsonNode> ReadAsync(HttpClient google) => JsonNode.Parse(await google.GetStringAsync(new Uri($"v2/{Checkout.Value}", UriKind.Relative)))!;

    private static async Task PatchAsync(HttpClient google, string mask, object body)
    {
        using var answer = await google.PatchAsJsonAsync(new Uri($"v2/{Checkout.Value}?updateMask={mask}", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        await Fleet.UntilAsync("it is in effect", async () => (bool?)(await ReadAsync(google))["reconciling"] is null or false);
    }
}
