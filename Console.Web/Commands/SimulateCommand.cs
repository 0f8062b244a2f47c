using System.CommandLine;
using OpsConsole.Web.Hosting;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Commands;

/// <summary><c>simulate</c>: runs the stand-in for Google Cloud alone, for other clients to talk to.</summary>
internal static class SimulateCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(SharedOptions shared)
    {
        var port = new Option<int>("--port")
        {
            Description = "Port on 127.0.0.1; 0 takes a free one.",
            DefaultValueFactory = _ => 8085,
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError("--port must be 0 to 65535.");
            }
        });
        var command = new Command("simulate", "Run the simulated Google Cloud project (Cloud Run Admin and Cloud Logging over REST) on a loopback port.")
        {
            port,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse.GetValue(port), shared.Read(parse), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int port, CommandLineSettings commandLine, CancellationToken cancellationToken)
    {
        // The workload's settings (seed, history) are those of section Simulator; only the port has an option of its own.
        var loaded = SettingsLoader.Load(commandLine, usesDataFolder: false);
        if (loaded.Failures.Count > 0)
        {
            await Console.Error.WriteLineAsync(SettingsLoader.Explain(loaded.Failures));
            return ServeCommand.BadSettings;
        }

        try
        {
            var options = SimulatedProject.Options(loaded.Settings.Simulator) with { Port = port };
            await using var simulator = await SimulatorHost.StartAsync(options, TimeProvider.System, cancellationToken);
            await Console.Out.WriteLineAsync(
                $"""
                Simulated Google Cloud project acme-prod
                  Address   {simulator.BaseAddress}
                  Cloud Run GET  {simulator.BaseAddress}v2/projects/acme-prod/locations/-/services
                  Logging   POST {simulator.BaseAddress}v2/entries:list
                  Faults    {simulator.BaseAddress}simulator/faults
                  Stop with Ctrl+C.
                """);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"The simulator cannot listen on port {port}: {e.Message} Choose another with --port.");
            return ServeCommand.BadSettings;
        }
    }
}
