using System.Diagnostics;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator;

namespace OpsConsole.Web.Tests.Simulator;

/// <summary>The simulator with clients that nobody here wrote: Google's own for Node, over REST.</summary>
public sealed class ClientsTests
{
    [Fact]
    public async Task GoogleClientsForNode_ListGetPatchWaitAndLogs_Work()
    {
        var folder = Path.Combine(Repository(), "e2e", "clients");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@google-cloud", "run")))
        {
            var installed = await RunAsync(folder, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            Assert.True(installed.ExitCode == 0, installed.Output);
        }

        var options = new SimulatorOptions { OperationSeconds = 1, History = TimeSpan.FromMinutes(30), LiveTraffic = false };
        await using var simulator = await SimulatorHost.StartAsync(options, TimeProvider.System, CancellationToken.None);

        var driven = await RunAsync(folder, "node", "drive.mjs", simulator.BaseAddress.ToString());

        Assert.True(driven.ExitCode == 0, driven.Output);
        var result = (JsonObject)JsonNode.Parse(driven.Output[driven.Output.IndexOf('{', StringComparison.Ordinal)..])!;
        Assert.Equal(5, (int)result["services"]!);
        Assert.Equal(19, (int)result["revisions"]!);
        Assert.Equal(2, (int)result["minInstanceCount"]!);
        Assert.StartsWith("checkout-00007-", (string)result["newRevision"]!, StringComparison.Ordinal);
        Assert.Equal(409, (int)result["staleEtagCode"]!);
        Assert.True((int)result["requestEntries"]! > 0);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string folder, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await errors);
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "OpsConsole.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
