using System.CommandLine;
using System.Globalization;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Witnessing;

namespace OpsConsole.Web.Commands.Audit;

/// <summary>
/// <c>audit witness</c>: a C2SP tlog-witness in a process of its own. Run it under another user, better on another machine, than the
/// console and its database: it is what sees when those were set back.
/// </summary>
internal static class WitnessCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var listen = new Option<string>("--listen")
        {
            Description = "Address to listen on; its path is the prefix of the witness's addresses. Default: http://127.0.0.1:8091. Port 0 takes a free one.",
            HelpName = "URL",
            DefaultValueFactory = static _ => "http://127.0.0.1:8091",
        };
        var state = new Option<string?>("--state") { Description = "Folder of its memory, made at the first start. Losing it means trusting each log's next word: keep it.", HelpName = "DIR" };
        var key = new Option<string?>("--key") { Description = "File of its private key, made at the first start for its owner alone. Several lines: all of them sign.", HelpName = "FILE" };
        var name = new Option<string>("--name")
        {
            Description = "Name of the key, when one is made: an address without scheme. Default: the machine's name and /witness.",
            HelpName = "NAME",
            DefaultValueFactory = static _ => $"{Environment.MachineName.ToLowerInvariant()}/witness",
        };
        var logs = new Option<string[]>("--log") { Description = "Verifier key of a log to watch: name+hash+key, as the console shows it. Repeatable.", HelpName = "VKEY" };
        var policy = new Option<string?>("--policy") { Description = "File with such keys: the log lines of a C2SP tlog-policy.", HelpName = "FILE" };
        var command = new Command("witness", "Run a witness (C2SP tlog-witness): it remembers how far a log had got, and cosigns only when the log merely grew.")
        {
            listen, state, key, name, logs, policy,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(
            new RawWitnessArguments(
                parse.GetValue(listen)!, parse.GetValue(state), parse.GetValue(key), parse.GetValue(name)!, parse.GetValue(logs) ?? [], parse.GetValue(policy)),
            TimeProvider.System,
            Console.Out,
            Console.Error,
            cancellationToken));
        return command;
    }

    /// <summary>Runs until cancelled; apart from <see cref="Create"/> so that tests can look at what it prints.</summary>
    internal static async Task<int> RunAsync(
        RawWitnessArguments raw, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var (arguments, mistakes) = WitnessArguments.Check(raw);
        if (arguments is null)
        {
            foreach (var mistake in mistakes)
            {
                await errors.WriteLineAsync($"audit witness: {mistake}");
            }

            return ServeCommand.BadSettings;
        }

        try
        {
            using var store = WitnessStore.Open(arguments.State);
            var signers = SigningKeyFile.ReadOrCreate(arguments.KeyFile, arguments.Name).Select(k => k.AsWitness(time)).ToList();
            var witness = new Witness(store, arguments.Logs, signers);
            await using var server = await WitnessServer.StartAsync(
                witness, arguments.Address, arguments.Listen.AbsolutePath, line => errors.WriteLine(Stamped(line, time)), cancellationToken);
            await output.WriteLineAsync(Banner(server.Prefix, witness, arguments));
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KeyFileException or PlatformNotSupportedException)
        {
            await errors.WriteLineAsync($"audit witness cannot start: {e.Message}");
            return ServeCommand.BadSettings;
        }
    }

    private static string Stamped(string line, TimeProvider time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {line}");

    private static string Banner(Uri prefix, Witness witness, WitnessArguments arguments) =>
        $"""
        Witness
          Submit   POST {prefix}add-checkpoint
          Monitor  GET  {prefix}SHA256-OF-ORIGIN/checkpoint
          Watches  {string.Join(", ", arguments.Logs.Select(static l => l.Name))}
          Its key  {string.Join("\n           ", witness.Keys)}
          Stop with Ctrl+C.
        """;
}
