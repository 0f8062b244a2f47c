using System.Text.Json;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Commands;
using OpsConsole.Web.Commands.Audit;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary><c>audit verify</c>, <c>audit export</c> and <c>verify</c> over the data folder of a stopped console.</summary>
public sealed class AuditVerbsTests : IAsyncLifetime
{
    private TamperedLog _log = null!;

    private string Bundle => Path.Combine(_log.Folder, "evidence.zip");

    public async Task InitializeAsync()
    {
        _log = await TamperedLog.CreateAsync(DatabaseKind.Sqlite);
        await File.WriteAllTextAsync(KeyFile, $"{AuditBench.LogKey.ToSecretText()}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public async Task DisposeAsync() => await _log.DisposeAsync();

    [Fact]
    public async Task Verify_GoodLog_Exits0_RecordsItself_AndSealsWhatWaited()
    {
        var (exit, output, errors) = await VerifyAsync();

        Assert.True(exit == 0, output + errors);
        Assert.StartsWith("VERIFIED  Nothing is wrong with the log: 620 events, signatures, disclosed fields, 4 anchors.", output, StringComparison.Ordinal);
        Assert.Contains("not verified", output, StringComparison.Ordinal);
        Assert.Equal(2L, (await _log.RowsAsync("SELECT count(*) FROM audit.search WHERE action LIKE '%.verify'"))[0][0]);
        Assert.Equal(0L, (await _log.RowsAsync("SELECT count(*) FROM audit.inbox"))[0][0]);
        Assert.Equal(0, (await VerifyAsync()).Exit);
    }

    [Fact]
    public async Task Verify_ChangedEvent_Exits1_NamesIt_AndSealsNothing()
    {
        await _log.ExecuteAsync("UPDATE audit.event SET leaf = (SELECT leaf FROM audit.event WHERE leaf_index = 0) WHERE leaf_index = 333");

        var (exit, output, _) = await VerifyAsync("json");
        Assert.Equal(1, exit);
        var report = JsonElement.Parse(output);
        Assert.Equal("problems", report.GetProperty("outcome").GetString());
        var problem = report.GetProperty("problems").EnumerateArray().First(static p => p.GetProperty("kind").GetString() == "eventChanged");
        Assert.Equal((333L, 300L), (problem.GetProperty("index").GetInt64(), problem.GetProperty("lastGoodCheckpoint").GetInt64()));
        Assert.Equal((64, 64), (problem.GetProperty("expected").GetString()!.Length, problem.GetProperty("found").GetString()!.Length));
        Assert.Equal(4L, (await _log.RowsAsync("SELECT count(*) FROM audit.inbox"))[0][0]);

        (exit, output, _) = await VerifyAsync();
        Assert.Equal(1, exit);
        Assert.StartsWith("PROBLEMS  ", output, StringComparison.Ordinal);
        Assert.Contains("index 333  event changed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_DisclosedFieldChanged_IsFoundWithoutFull()
    {
        await _log.ExecuteAsync("UPDATE audit.disclosure SET items = replace(items, 'a', 'b') WHERE leaf_index = 5");

        Assert.Equal(1, (await VerifyAsync()).Exit);
    }

    [Fact]
    public async Task Verify_NoDatabase_Exits2AndMakesNothing()
    {
        var nowhere = Path.Combine(_log.Folder, "nowhere");

        var (exit, output, errors) = await VerifyAsync(settings: new CommandLineSettings { Data = nowhere });
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("There is no database", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(nowhere));
    }

    [Fact]
    public async Task Verify_NoDatabaseFile_Exits2()
    {
        await _log.Database.DisposeAsync();
        var folder = Directory.CreateDirectory(Path.Combine(_log.Folder, "other")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "console.db"), new string('x', 5000));

        Assert.Equal(2, (await VerifyAsync(settings: new CommandLineSettings { Data = folder })).Exit);
    }

    [Fact]
    public async Task Verify_WithoutAKey_Exits2_AndWithTheReadersKeyGoesOn()
    {
        File.Delete(KeyFile);
        var (exit, _, errors) = await VerifyAsync();
        Assert.Equal(2, exit);
        Assert.Contains("--trust", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyFile));

        (exit, var output, errors) = await VerifyAsync(trust: AuditBench.LogKey.AsLog().Key.ToString());
        Assert.True(exit == 0, output + errors);
        Assert.Contains("not sealed: the log's private key is not at hand", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WithAnotherKeyThanTheLogs_Exits1() =>
        Assert.Equal(1, (await VerifyAsync(trust: Keys.Of(AuditBench.Origin, 9).AsLog().Key.ToString())).Exit);

    [Theory]
    [InlineData("yesterday", null, null)]
    [InlineData("10", "2026-01-01", null)]
    [InlineData("20", "10", null)]
    [InlineData(null, null, "xml")]
    public async Task Verify_BadArguments_Exits2(string? from, string? to, string? format) => Assert.Equal(2, (await VerifyAsync(format, from: from, to: to)).Exit);

    [Theory]
    [InlineData("100", "200")]
    [InlineData("2020-01-01", null)]
    [InlineData(null, "2100-01-01T00:00Z")]
    public async Task Verify_ARange_Exits0(string? from, string? to)
    {
        var (exit, output, errors) = await VerifyAsync(from: from, to: to);
        Assert.True(exit == 0, output + errors);
        Assert.Contains("of the log", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Everything_SealsWhatWaits_AndIsVerified()
    {
        var (exit, output, errors) = await ExportAsync(null);
        Assert.True(exit == 0, output + errors);
        Assert.StartsWith("EXPORTED", output, StringComparison.Ordinal);

        var checks = new StringWriter();
        Assert.Equal(0, VerifyCommand.Run(Bundle, [AuditBench.LogKey.AsLog().Key.ToString()], "json", checks, TextWriter.Null, false, default));
        var verdict = JsonElement.Parse(checks.ToString());
        Assert.Equal(("verified", 623L, false), (verdict.GetProperty("outcome").GetString(), verdict.GetProperty("treeSize").GetInt64(), verdict.GetProperty("keysCameWithIt").GetBoolean()));
        Assert.Equal(2L, (await _log.RowsAsync("SELECT count(*) FROM audit.search WHERE action LIKE '%.export'"))[0][0]);
        var table = new StringWriter();
        Assert.Equal(0, VerifyCommand.Run(Bundle, [], null, table, TextWriter.Null, false, default));
        Assert.Contains("The key came with the bundle", table.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, VerifyCommand.Run(Bundle, [Keys.Of(AuditBench.Origin, 9).AsLog().Key.ToString()], null, TextWriter.Null, TextWriter.Null, false, default));
        Assert.Equal(2, VerifyCommand.Run($"{Bundle}.not", [], null, TextWriter.Null, TextWriter.Null, false, default));
        Assert.Equal(2, VerifyCommand.Run(Bundle, ["key"], null, TextWriter.Null, TextWriter.Null, false, default));
        Assert.Equal(1, VerifyCommand.Run(KeyFile, [], null, TextWriter.Null, TextWriter.Null, false, default));
    }

    [Theory]
    [InlineData("nonsense:1")]
    [InlineData("outcome:perhaps")]
    [InlineData("  ")]
    public async Task Export_FilterThatMeansNothing_Exits2(string filter)
    {
        Assert.Equal(2, (await ExportAsync(filter)).Exit);
        Assert.False(File.Exists(Bundle));
    }

    [Fact]
    public async Task Export_WhereThePrivateKeyIsNot_TakesTheOneThatIsTrusted_AndSaysWhatThatLeavesOut()
    {
        File.Delete(KeyFile);

        var (exit, _, errors) = await ExportAsync(null);
        Assert.True(exit == 2 && errors.Contains("Give the log's verifier key with --trust VKEY", StringComparison.Ordinal), errors);

        (exit, _, errors) = await ExportAsync(null, AuditBench.LogKey.AsLog().Key.ToString()[..^3]);
        Assert.True(exit == 2 && errors.Contains("--trust '", StringComparison.Ordinal), errors);

        (exit, _, errors) = await ExportAsync(null, Keys.Of("another.example/log", 9).AsLog().Key.ToString());
        Assert.True(exit == 1 && errors.Contains("is not signed as it should be", StringComparison.Ordinal), errors);
        Assert.False(File.Exists(Bundle));

        (exit, var output, errors) = await ExportAsync(null, AuditBench.LogKey.AsLog().Key.ToString());
        Assert.True(exit == 0, output + errors);
        Assert.Contains("What waits was not sealed", output, StringComparison.Ordinal);
        Assert.Contains("this manifest is not signed", output, StringComparison.Ordinal);
        var (verified, told, _) = await RealVerb.RunAsync("verify", Bundle, "--trust", AuditBench.LogKey.AsLog().Key.ToString());
        Assert.True(verified == 0, told);
    }

    [Fact]
    public async Task Export_OfADamagedLog_Exits1_WritesNothing_AndIsOnRecord()
    {
        await _log.ExecuteAsync("DELETE FROM audit.event WHERE leaf_index = 9");

        Assert.Equal(1, (await ExportAsync("action:invoice.*")).Exit);
        Assert.False(File.Exists(Bundle));
    }

    private string KeyFile => Path.Combine(_log.Folder, "audit.key");

    private CommandLineSettings Settings => new() { Data = _log.Folder, Set = [$"Audit:Origin={AuditBench.Origin}"] };

    private async Task<(int Exit, string Output, string Errors)> VerifyAsync(
        string? format = null, CommandLineSettings? settings = null, string? trust = null, string? from = null, string? to = null)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exit = await VerifyLogCommand.RunAsync(new VerifyLogArguments(settings ?? Settings, from, to, false, format, trust is null ? [] : [trust], []), output, errors, false, default);
        return (exit, output.ToString(), errors.ToString());
    }

    private async Task<(int Exit, string Output, string Errors)> ExportAsync(string? filter, params IReadOnlyList<string> trust)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exit = await ExportCommand.RunAsync(new ExportArguments(Settings, null, null, filter, Bundle, null, trust), output, errors, false, default);
        return (exit, output.ToString(), errors.ToString());
    }
}
