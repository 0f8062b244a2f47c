using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Witnessing;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Commands.Audit;

namespace OpsConsole.Web.Tests.Commands.Audit;

/// <summary><c>audit witness</c> as a person starts it.</summary>
public sealed class WitnessCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("witness-");

    [Fact]
    public async Task Run_FirstStart_MakesAKeyPrintsItAndCosigns()
    {
        using var stop = new CancellationTokenSource();
        var output = new SignallingWriter();
        var running = WitnessCommand.RunAsync(Raw(), TimeProvider.System, output, TextWriter.Null, stop.Token);
        var banner = await output.Banner;
        var words = banner.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.True(VerifierKey.TryParse(words.Single(static w => w.StartsWith("w1.example/witness+", StringComparison.Ordinal)), out var key, out var problem), problem);
        var address = new Uri(words.Single(static w => w.EndsWith("/add-checkpoint", StringComparison.Ordinal))[..^"add-checkpoint".Length]);
        using var http = new HttpClient();

        var reply = await new WitnessClient(http, address, key, TimeSpan.FromSeconds(20), TimeProvider.System)
            .AddAsync(new ConsistencyFile(0, [], Keys.Checkpoint(1, TreeHasher.Leaf([]))), default);

        Assert.IsType<WitnessReply.Cosigned>(reply);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Equal(key, Assert.Single(SigningKeyFile.Read(KeyPath)).AsWitness(TimeProvider.System).Key);
    }

    [Fact]
    public async Task Run_PolicyFile_NamesTheLogs()
    {
        var policy = Path.Combine(folder.FullName, "policy");
        await File.WriteAllTextAsync(policy, $"log {Keys.Log.AsLog().Key}\nquorum none\n");

        Assert.Equal(Keys.Log.AsLog().Key, Assert.Single(WitnessArguments.Check(Raw() with { Logs = [], Policy = policy }).Arguments!.Logs));
    }

    [Fact]
    public async Task Run_BadArguments_SaysAllOfThemAndExits2()
    {
        using var errors = new StringWriter();

        var exit = await WitnessCommand.RunAsync(
            new RawWitnessArguments("ftp://x", null, "", "two words", ["nonsense"], "no such file"), TimeProvider.System, TextWriter.Null, errors, default);

        Assert.Equal(2, exit);
        Assert.All(["--listen", "--state", "--key", "--name", "--log", "--policy"], option => Assert.Contains(option, errors.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Check_NoLog_SaysHowToNameOne() =>
        Assert.Contains("--log VKEY", Assert.Single(WitnessArguments.Check(Raw() with { Logs = [] }).Mistakes), StringComparison.Ordinal);

    [Fact]
    public async Task Run_StateInUse_SaysSoAndExits2()
    {
        using var other = WitnessStore.Open(Path.Combine(folder.FullName, "state"));
        using var errors = new StringWriter();

        Assert.Equal(2, await WitnessCommand.RunAsync(Raw(), TimeProvider.System, TextWriter.Null, errors, default));
        Assert.Contains("Another witness", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortTaken_SaysSoAndExits2()
    {
        await using var other = await RunningWitness.StartAsync(Path.Combine(folder.FullName, "other"));
        using var errors = new StringWriter();

        Assert.Equal(2, await WitnessCommand.RunAsync(Raw() with { Listen = other.Server.Prefix.ToString() }, TimeProvider.System, TextWriter.Null, errors, default));
        Assert.Contains("cannot start", errors.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string KeyPath => Path.Combine(folder.FullName, "witness.key");

    private RawWitnessArguments Raw() => new(
        "http://127.0.0.1:0", Path.Combine(folder.FullName, "state"), KeyPath, "w1.example/witness", [Keys.Log.AsLog().Key.ToString()], null);

    private sealed class SignallingWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> banner = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Banner => banner.Task;

        public override Task WriteLineAsync(string? value)
        {
            banner.TrySetResult(value ?? "");
            return Task.CompletedTask;
        }
    }
}
