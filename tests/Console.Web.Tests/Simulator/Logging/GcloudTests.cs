using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Tests.Simulator.Logging;

/// <summary>A client that nobody here wrote. Where gcloud is not installed, nothing is tested.</summary>
public sealed class GcloudTests
{
    [Fact]
    public async Task Read_WithFilterAndLimit_GivesTheEntries()
    {
        var gcloud = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, "gcloud")).FirstOrDefault(File.Exists);
        if (gcloud is null)
        {
            return;
        }

        await using var server = await LoggingServer.StartAsync();
        for (var i = 1; i <= 30; i++)
        {
            server.Add(i, $"line {i}", i % 2 == 0 ? "WARNING" : "INFO");
        }

        var config = Directory.CreateTempSubdirectory("gcloud");
        try
        {
            var start = new ProcessStartInfo(gcloud) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            foreach (var argument in new[]
            {
                "logging", "read", "resource.type=cloud_run_revision severity>=WARNING timestamp>=\"2026-11-22T00:00:00Z\"",
                "--project", "acme-prod", "--limit", "5", "--format", "json",
            })
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment["CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING"] = server.Client.BaseAddress!.ToString();
            start.Environment["CLOUDSDK_AUTH_DISABLE_CREDENTIALS"] = "true";
            start.Environment["CLOUDSDK_CONFIG"] = config.FullName;
            start.Environment["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1";

            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.True(process.ExitCode == 0, await errors);
            Assert.Equal(
                ["line 2", "line 4", "line 6", "line 8", "line 10"],
                JsonNode.Parse(output)!.AsArray().Select(e => (string)e!["textPayload"]!));
        }
        finally
        {
            config.Delete(recursive: true);
        }
    }
}
