using System.CommandLine;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Commands;

/// <summary><c>serve</c>: runs the console until it is told to stop.</summary>
internal static class ServeCommand
{
    /// <summary>Exit code of bad settings, and of a start that cannot succeed.</summary>
    public const int BadSettings = 2;

    /// <summary>The verb.</summary>
    public static Command Create(SharedOptions shared)
    {
        var command = new Command("serve", "Serve the console (the default).");
        Configure(command, shared);
        return command;
    }

    /// <summary>Gives a command the options and the action of <c>serve</c>.</summary>
    public static void Configure(Command command, SharedOptions shared)
    {
        var urls = SharedOptions.Urls();
        var projects = SharedOptions.Projects();
        command.Options.Add(urls);
        command.Options.Add(projects);
        command.SetAction((parse, cancellationToken) => RunAsync(
            shared.Read(parse) with { Urls = parse.GetValue(urls), Projects = parse.GetValue(projects) ?? [] },
            cancellationToken));
    }

    private static async Task<int> RunAsync(CommandLineSettings commandLine, CancellationToken cancellationToken)
    {
        var loaded = SettingsLoader.Load(commandLine);
        if (loaded.Failures.Count > 0)
        {
            await Console.Error.WriteLineAsync(SettingsLoader.Explain(loaded.Failures));
            return BadSettings;
        }

        try
        {
            using var last = new LastResort(cancellationToken);
            await using var host = await ConsoleHost.StartAsync(loaded.Settings, cancellationToken);
            await Console.Out.WriteLineAsync(host.Banner);
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var access = PrintAccessAsync(host, stopping.Token);
            await host.WaitForShutdownAsync(cancellationToken);
            await stopping.CancelAsync();
            await access.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (StartException e)
        {
            await Console.Error.WriteLineAsync($"OpsConsole cannot start: {e.Message}");
            return BadSettings;
        }
    }

    // After the banner, not before: Google may take its time, and the console answers meanwhile.
    private static async Task PrintAccessAsync(ConsoleHost host, CancellationToken cancellationToken)
    {
        foreach (var line in await host.AccessReportAsync(cancellationToken))
        {
            await Console.Out.WriteLineAsync(line);
        }
    }
}
