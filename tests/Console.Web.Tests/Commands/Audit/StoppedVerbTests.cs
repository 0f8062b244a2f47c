using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Npgsql;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Commands;
using OpsConsole.Web.Commands.Audit;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary>
/// Ctrl+C and SIGTERM in the middle of <c>audit verify</c>, <c>audit export</c> and <c>verify</c>, sent to the program itself: a sentence, exit code 2, the
/// end on record, and nothing half done.
/// </summary>
public sealed class StoppedVerbTests
{
    private static readonly string Key = AuditBench.LogKey.AsLog().Key.ToString();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Verify_WhileAWitnessGivesNoAnswer(string signal)
    {
        await using var log = await TamperedLog.CreateAsync(DatabaseKind.Sqlite);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;

        // Each is waited for ten seconds, one after the other.
        await using var verb = RealVerb.Start(
        [
            "audit", "verify", "--data", log.Folder, "--trust", Key,
            .. Enumerable.Range(0, 6).SelectMany(i => new[] { "--set", $"Audit:Witnesses:{i}=http://127.0.0.1:{port} {Keys.Of($"witness.example/w{i}", 7).AsWitness(TimeProvider.System).Key}" }),
        ]);
        using var asked = await silent.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(60));

        await verb.SignalAsync(signal);

        Stopped(await verb.EndAsync(), "audit verify did not finish: Stopped by Ctrl+C or a signal. It had not come to a signed checkpoint yet: it begins anew.");
        await EndIsRecordedAsync(log, "audit.verify", "Stopped by Ctrl+C or a signal.");
    }

    [Fact]
    public async Task Verify_WhileItWaitsForATable()
    {
        await using var log = await TamperedLog.CreateAsync(DatabaseKind.Postgres);
        await using (await LockAsync(log))
        {
            await using var verb = RealVerb.Start(["audit", "verify", "--data", log.Folder, "--trust", Key, "--set", $"Database:Connection={log.Connection}"]);
            await verb.UntilAsync(() => WaitsAsync(log));

            await verb.SignalAsync("INT");

            Stopped(await verb.EndAsync(), "audit verify did not finish: Stopped by Ctrl+C or a signal. It had not come to a signed checkpoint yet: it begins anew.");
        }

        await EndIsRecordedAsync(log, "audit.verify", "Stopped by Ctrl+C or a signal.");
    }

    [Fact]
    public async Task Verify_WhileTheDatabaseGivesNoAnswer_EndsAllTheSame()
    {
        // A statement that records is not broken off: whether it was committed would not be known.
        await using var log = await TamperedLog.CreateAsync(DatabaseKind.Postgres);
        await using (await LockAsync(log, "audit.receipt"))
        {
            await using var verb = RealVerb.Start(["audit", "verify", "--data", log.Folder, "--trust", Key, "--set", $"Database:Connection={log.Connection}"]);
            await verb.UntilAsync(() => WaitsAsync(log));

            await verb.SignalAsync("TERM");

            Stopped(await verb.EndAsync(), "audit verify did not finish: Stopped by Ctrl+C or a signal. Something that it waits for gives no answer: it is left as it is, and how it ended is not on record.");
        }
    }

    [Theory]
    [InlineData("INT", false)]
    [InlineData("TERM", true)]
    public async Task Export_WhileItWaitsForATable_LeavesNoFile_OrTheOldOne(string signal, bool isThere)
    {
        await using var log = await TamperedLog.CreateAsync(DatabaseKind.Postgres);
        var folder = Directory.CreateDirectory(Path.Combine(log.Folder, "out")).FullName;
        var bundle = Path.Combine(folder, "evidence.zip");
        if (isThere)
        {
            await File.WriteAllTextAsync(bundle, "the one of yesterday");
        }

        // Without the log's private key: with it the export would first seal what waits, and wait for the same table in vain.
        await using (await LockAsync(log))
        {
            await using var verb = RealVerb.Start(["audit", "export", "--data", log.Folder, "--out", bundle, "--trust", Key, "--set", $"Database:Connection={log.Connection}"]);
            await verb.UntilAsync(async () => await WaitsAsync(log) && Directory.GetFiles(folder, ".*.part").Length == 1);

            await verb.SignalAsync(signal);

            Stopped(await verb.EndAsync(), $"audit export did not finish: Stopped by Ctrl+C or a signal. {bundle} {(isThere ? "is as it was before" : "was not written")}.");
        }

        Assert.Equal(isThere ? [bundle] : [], Directory.GetFileSystemEntries(folder));
        Assert.Equal(isThere ? "the one of yesterday" : "", isThere ? await File.ReadAllTextAsync(bundle) : "");
        await EndIsRecordedAsync(log, "audit.export", "Cancelled.");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Bundle_OfWhichMuchIsToBeRead(string signal)
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-large-").FullName;
        try
        {
            // Larger than any disk reads in the time of this test, and on this disk it takes no room. It is hashed to its end.
            var manifest = new EvidenceManifest
            {
                Format = EvidenceManifest.FormatName,
                Log = AuditBench.Origin,
                TreeSize = 1,
                RootHash = Convert.ToBase64String(new byte[32]),
                Range = new EvidenceRange(0, 1, null, null),
                Counts = new EvidenceCounts { Leaves = 1, Events = 1, Disclosed = 1, Fields = 1, Erased = 0, Void = 0, Missing = 0, Proofs = 0 },
                ExportedBy = "ada",
                ExportedAt = "2026-01-01T00:00:00.000000Z",
                Tool = "a test",
                Notes = [],
                Files = [new EvidenceFile("leaves.ndjson", 1, new string('0', 64))],
            };
            await File.WriteAllBytesAsync(Path.Combine(folder, "manifest.json"), manifest.Sign([AuditBench.LogKey.AsLog()]).ToBytes());
            await using (var leaves = File.Create(Path.Combine(folder, "leaves.ndjson")))
            {
                leaves.SetLength(1L << 42);
            }

            await using var verb = RealVerb.Start("verify", folder);
            await verb.UntilAsync(() => Task.FromResult(Opens(verb.Id, "leaves.ndjson")));

            await verb.SignalAsync(signal);

            Stopped(await verb.EndAsync(), "verify did not finish: Stopped by Ctrl+C or a signal. Nothing is known of the bundle before all of it is read.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Bundle_ThatIsAPipe_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-pipe-").FullName;
        try
        {
            await Testing.AuditTrail.Shell.RunAsync(folder, "mkfifo pipe; mkdir bundle; mkfifo bundle/manifest.json");

            var (exit, output, errors) = await RealVerb.RunAsync("verify", Path.Combine(folder, "pipe")).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.True(exit == 2 && output.Length == 0, output + errors);
            Assert.Contains("verify could not run: ", errors, StringComparison.Ordinal);
            Assert.Contains("is a named pipe", errors, StringComparison.Ordinal);

            (exit, output, errors) = await RealVerb.RunAsync("verify", Path.Combine(folder, "bundle")).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.True(exit == 1 && errors.Length == 0, output + errors);
            Assert.Contains("manifest.json is a named pipe", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(0, null, 0, "It had not come to a signed checkpoint yet: it begins anew.")]
    [InlineData(0, 0L, 0, "It had not come to a signed checkpoint yet: it begins anew.")]
    [InlineData(512, 512L, 0, "It had not come to a signed checkpoint yet: it begins anew.")]
    [InlineData(0, 4_711L, 0, "Nothing is wrong with the leaves below index 4,711: go on with --from 4711.")]
    [InlineData(512, 4_711L, 0, "Nothing is wrong with the leaves from index 512 to below index 4,711: go on with --from 4711.")]
    [InlineData(0, 4_711L, 1, "It had found 1 problem: run it to its end to have it named.")]
    [InlineData(0, 4_711L, 2, "It had found 2 problems: run it to its end to have them named.")]
    public void HowFar_SaysOnlyWhatIsCertain(long start, long? at, long problems, string sentence) =>
        Assert.Equal(sentence, VerifyLogCommand.HowFar(new VerifyProgress("Reading", 5_000, 9_000, problems) { At = at, Start = start, End = 9_000 }));

    private static void Stopped((int Exit, string Output, string Errors) end, string sentence)
    {
        Assert.True(end.Exit == ServeCommand.BadSettings, $"{end.Exit}\n{end.Output}\n{end.Errors}");
        Assert.Equal("", end.Output);
        Assert.Equal($"{sentence}\n", end.Errors);
    }

    // The newest two that wait: the beginning, and its end.
    private static async Task EndIsRecordedAsync(TamperedLog log, string action, string why)
    {
        var acts = (await log.RowsAsync("SELECT body FROM audit.inbox ORDER BY seq"))
            .Select(static row => JsonElement.Parse((string)row[0]!)).Where(e => e.GetProperty("action").GetString() == action).ToList();
        var (begin, end) = (acts[^2], acts[^1]);
        Assert.Equal(("unknown", "failure"), (begin.GetProperty("outcome").GetString(), end.GetProperty("outcome").GetString()));
        Assert.StartsWith(why, end.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains(begin.GetProperty("id").GetString()!, end.GetProperty("details").GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<NpgsqlConnection> LockAsync(TamperedLog log, string table = "audit.event")
    {
        var connection = new NpgsqlConnection(log.Connection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<bool> WaitsAsync(TamperedLog log) =>
        (long)(await log.RowsAsync("SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))[0][0]! > 0;

    private static bool Opens(int process, string name)
    {
        try
        {
            return Directory.GetFiles($"/proc/{process}/fd").Any(f => File.ResolveLinkTarget(f, returnFinalTarget: false)?.Name == name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It opens and closes files all the time.
            return false;
        }
    }
}
