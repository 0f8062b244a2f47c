using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OpsConsole.E2E.Running;

/// <summary>Google's own client for Node (<c>@google-cloud/run</c>) over REST, as somebody who does not trust this console would use it.</summary>
internal static class NodeClient
{
    /// <summary>The settings of a service as that client reads them; see e2e/clients/read.mjs.</summary>
    public static async Task<JsonObject> ReadServiceAsync(Uri address, string service)
    {
        var folder = Path.Combine(Repository.Root, "e2e", "clients");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@google-cloud", "run")))
        {
            await RunAsync(folder, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        }

        return JsonNode.Parse(await RunAsync(folder, "node", "read.mjs", address.ToString(), service))!.AsObject();
    }

    private static async Task<string> RunAsync(string folder, string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return await output;
    }
}
