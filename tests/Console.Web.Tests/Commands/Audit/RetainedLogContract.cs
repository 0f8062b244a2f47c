using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Retention;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Consoles;
using OpsConsole.Web.Commands;
using OpsConsole.Web.Commands.Audit;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary>
/// What was erased and pruned, seen from outside: the program as another process, the bundles that it makes, and Go's view of them. A bundle that was made
/// before stays what it was.
/// </summary>
public abstract class RetainedLogContract(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly Actor Clara = new("clara.weiss@acme.example", "Clara Weiss", [Role.Compliance]);
    private static readonly Actor Otto = new("otto.brandt@acme.example", "Otto Brandt", [Role.Compliance]);
    private static readonly string Key = AuditBench.LogKey.AsLog().Key.ToString();
    private AuditBench _bench = null!;
    private RetentionDesk _desk = null!;
    private RetentionRunner _runner = null!;

    public async Task InitializeAsync()
    {
        _bench = await AuditBench.CreateAsync(kind);
        var store = new RetentionStore(_bench.Database.Database, _bench.Time);
        _desk = new RetentionDesk(_bench.Reader, _bench.Trail, store, new ActEvents(_bench.Time), _bench.Signals, new RetentionOptions(TimeSpan.Zero), _bench.Time);
        _runner = new RetentionRunner(_bench.Reader, store, new ConsolesInMemory(), _bench.Signals, _bench.Health, _bench.Time);
        var keyFile = Path.Combine(_bench.Database.Folder, "audit.key");
        await File.WriteAllTextAsync(keyFile, $"{AuditBench.LogKey.ToSecretText()}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Verify_AfterErasureAndPruning_Exits0AndSaysSo_AndEveryBundleStaysGood()
    {
        await _bench.AppendAsync([.. AnEvent.Many(300), AnEvent.Of("secret", actor: "zoe.quast@acme.example", reason: "Quasthausen called")]);
        await _bench.SealAsync();
        var whole = await ExportAsync("whole.zip");
        Assert.Contains("zoe.quast", await GoodAsync(whole), StringComparison.Ordinal);

        await EraseAsync("zoe.quast@acme.example");
        var (exit, output) = await VerifyAsync();
        Assert.True(exit == 0, output);
        Assert.Contains("fields were erased by decisions that the log holds", output, StringComparison.Ordinal);
        Assert.DoesNotContain("were pruned", output, StringComparison.Ordinal);
        var erased = await ExportAsync("erased.zip");
        var disclosed = await GoodAsync(erased);
        Assert.DoesNotContain("zoe.quast", disclosed, StringComparison.Ordinal);

        await PruneAsync();
        (exit, output) = await VerifyAsync();
        Assert.True(exit == 0, output);
        Assert.Contains("256 leaves were pruned; their hashes are right, their content is gone", output, StringComparison.Ordinal);
        Assert.Contains("fields were erased by decisions that the log holds", output, StringComparison.Ordinal);
        var pruned = await ExportAsync("pruned.zip");
        await GoodAsync(pruned, isReal: true);
        await using (var zip = await ZipFile.OpenReadAsync(pruned))
        {
            Assert.Contains("The leaves below index 256 were pruned", await TextAsync(zip, "manifest.json"), StringComparison.Ordinal);
        }

        // Nobody's evidence is worth less because of what the console took away later.
        await GoodAsync(whole, isReal: true);
        await GoodAsync(erased);

        // A range of what is gone cannot be given, and that is a sentence and no bundle.
        (exit, output) = await TryExportAsync("gone.zip", "0", "10");
        Assert.True(exit == 2 && output.Contains("were pruned by a decision", StringComparison.Ordinal), $"{exit}\n{output}");
    }

    [Fact]
    public async Task Verify_WhatWentWithoutADecision_Exits1()
    {
        await _bench.AppendAsync(AnEvent.Many(20));
        await _bench.SealAsync();
        await UnlockAsync("disclosure");
        await _bench.Database.ExecuteAsync("DELETE FROM audit.disclosure WHERE leaf_index = 5");

        var (exit, output, _) = await RunAsync("audit", "verify", "--format", "json");

        Assert.Equal(1, exit);
        Assert.Contains(JsonElement.Parse(output).GetProperty("problems").EnumerateArray(), static p => p.GetProperty("kind").GetString() == "disclosureMissing");
    }

    /// <summary>Takes the triggers away, as an owner of the database could.</summary>
    protected abstract Task UnlockAsync(string table);

    /// <summary>The database.</summary>
    protected AuditBench Bench => _bench;

    private async Task EraseAsync(string person)
    {
        var actor = Assert.Single(await _desk.ActorsAsync(Clara, person, CancellationToken.None));
        await DecidedAsync(await _desk.AskEraseActorAsync(Clara, actor.Ref, CommittedFields.All, "Request of the data subject", CancellationToken.None));
    }

    private async Task PruneAsync() => await DecidedAsync(await _desk.AskPruneAsync(Clara, _bench.Time.GetUtcNow().AddMinutes(1), "Policy 4.2", CancellationToken.None));

    private async Task DecidedAsync(RetentionAnswer asked)
    {
        var request = Assert.IsType<RetentionAnswer.Done>(asked);
        Assert.IsType<RetentionAnswer.Done>(await _desk.DecideAsync(Otto, request.Id, approve: true, "Checked", CancellationToken.None));
        await _bench.SettleAsync();
        Assert.Equal(1, await _runner.OnceAsync(CancellationToken.None));
        await _bench.SettleAsync();
    }

    private async Task<(int Exit, string Output)> VerifyAsync()
    {
        var (exit, output, errors) = await RunAsync("audit", "verify", "--full");
        return (exit, output + errors);
    }

    private async Task<string> ExportAsync(string name)
    {
        var (exit, output) = await TryExportAsync(name);
        Assert.True(exit == 0, output);
        return Path.Combine(_bench.Database.Folder, name);
    }

    private async Task<(int Exit, string Output)> TryExportAsync(string name, string? from = null, string? to = null)
    {
        var output = new StringWriter();
        var settings = new CommandLineSettings { Data = _bench.Database.Folder, Set = [.. Settings] };
        return (await ExportCommand.RunAsync(new ExportArguments(settings, from, to, null, Path.Combine(_bench.Database.Folder, name), null, []), output, output, false, CancellationToken.None), output.ToString());
    }

    // Ours and Go's, with a key that did not come with the bundle. Gives what is disclosed.
    private static async Task<string> GoodAsync(string bundle, bool isReal = false)
    {
        if (isReal)
        {
            var (exit, output, errors) = await RealVerb.RunAsync("verify", bundle, "--trust", Key);
            Assert.True(exit == 0 && output.StartsWith("VERIFIED  ", StringComparison.Ordinal), output + errors);
        }
        else
        {
            var told = new StringWriter();
            Assert.True(VerifyCommand.Run(bundle, [Key], null, told, told, false, CancellationToken.None) == 0, told.ToString());
        }

        var (foreign, found) = await GoVerifier.RunAsync("bundle", bundle, Key);
        Assert.True(foreign == 0, found);
        return await DisclosedAsync(bundle);
    }

    // Every text that opens a commitment, and the report.
    private static async Task<string> DisclosedAsync(string bundle)
    {
        await using var zip = await ZipFile.OpenReadAsync(bundle);
        var text = new StringBuilder(await TextAsync(zip, "report.html"));
        foreach (var line in (await TextAsync(zip, "disclosures.ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var encoded in JsonElement.Parse(line).GetProperty("disclosures").EnumerateArray())
            {
                text.Append(Disclosure.Parse(Encoding.ASCII.GetBytes(encoded.GetString()!))!.Value.GetRawText()).Append('\n');
            }
        }

        return text.ToString();
    }

    private static async Task<string> TextAsync(ZipArchive zip, string name)
    {
        await using var stream = await zip.GetEntry(name)!.OpenAsync();
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private string[] Settings =>
        [$"Audit:Origin={AuditBench.Origin}", .. kind == DatabaseKind.Postgres ? [$"Database:Connection={_bench.Database.Connection}"] : Array.Empty<string>()];

    private Task<(int Exit, string Output, string Errors)> RunAsync(params string[] verb) =>
        RealVerb.RunAsync([.. verb, "--data", _bench.Database.Folder, .. Settings.SelectMany(static s => (string[])["--set", s])]);
}
