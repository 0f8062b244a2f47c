using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>One export, analysed by the command line and by the page: the same numbers.</summary>
[Collection(DemoTests.Name)]
public sealed partial class ExportJourney(DemoFixture demo)
{
    [Fact]
    public async Task Export_CommandLineAndPage_SameNumbersPerRevision()
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-export-").FullName;
        try
        {
            var file = Path.Combine(folder, "export.json");
            await ExportAsync(file);
            var (exitCode, output, error) = await ConsoleProcess.RunAsync("correlate", file, "--format", "json");
            Assert.True(exitCode == 0, error);
            var expected = JsonNode.Parse(output)!["revisions"]!.AsArray()
                .ToDictionary(static r => (string)r!["revision"]!, static r => Numbers((int)r!["requests"]!, (int)r["requestsWithAfterResponse"]!, (long)r["afterResponseEntries"]! + (long)r["resumedEntries"]!, (long)r["idleInstanceEntries"]!), StringComparer.Ordinal);
            Assert.NotEmpty(expected);
            Assert.Contains(expected.Values, static numbers => !numbers.EndsWith(" 0 0 0", StringComparison.Ordinal));

            await demo.RunAsync("sre", async page =>
            {
                await page.GotoAsync("/background/open");
                await page.Locator("input[type=file]").SetInputFilesAsync(file);
                await page.GetByRole(AriaRole.Button, new() { Name = "Upload and analyse" }).ClickAsync();
                await Expect(page).ToHaveURLAsync(UploadAddress(), new() { Timeout = 60_000 });
                var table = page.GetByRole(AriaRole.Table, new() { Name = "Revisions and their work after the response" });
                await Expect(table.Locator("tbody tr")).ToHaveCountAsync(expected.Count, new() { Timeout = 60_000 });
                var shown = (await TableText.ReadAsync(table)).ToDictionary(
                    static r => r["Revision"].StartsWith(r["Service"], StringComparison.Ordinal) ? r["Revision"] : $"{r["Service"]}-{r["Revision"]}",
                    static r => Numbers(Number(r["Requests"]), Number(r["Went on"]), Number(r["Lines after"]), Number(r["Idle lines"])),
                    StringComparer.Ordinal);
                Assert.Equal(expected.OrderBy(static p => p.Key, StringComparer.Ordinal), shown.OrderBy(static p => p.Key, StringComparer.Ordinal));
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Numbers(long requests, long withLate, long late, long idle) =>
        string.Create(CultureInfo.InvariantCulture, $"{requests} {withLate} {late} {idle}");

    // "1,204 (12 %)" reads 1204.
    private static long Number(string cell) =>
        long.Parse(Digits().Match(cell).Value.Replace(",", "", StringComparison.Ordinal).Replace("\u202f", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    /// <summary>By gcloud where it is installed, as a user would; else the same call by hand, printed as gcloud prints it.</summary>
    private async Task ExportAsync(string file)
    {
        var to = TimeProvider.System.GetUtcNow().AddMinutes(-2);
        var filter = string.Create(
            CultureInfo.InvariantCulture,
            $"resource.type=\"cloud_run_revision\" AND resource.labels.service_name=(\"checkout\" OR \"billing\" OR \"telemetry\") AND timestamp>=\"{to.AddMinutes(-40):O}\" AND timestamp<\"{to:O}\"");
        if (GcloudInstalled())
        {
            var start = new ProcessStartInfo("gcloud") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            foreach (var argument in new[] { "logging", "read", filter, "--project", "acme-prod", "--format=json" })
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment["CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING"] = demo.Simulator.ToString();
            start.Environment["CLOUDSDK_AUTH_DISABLE_CREDENTIALS"] = "true";
            start.Environment["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1";
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, await error);
            await File.WriteAllTextAsync(file, await output);
            return;
        }

        using var http = new HttpClient();
        var entries = new JsonArray();
        string? token = null;
        var (waits, more) = (0, true);
        while (more)
        {
            using var answer = await http.PostAsJsonAsync(
                new Uri(demo.Simulator, "v2/entries:list"),
                new { resourceNames = new[] { "projects/acme-prod" }, filter, orderBy = "timestamp desc", pageSize = 1000, pageToken = token });
            if (answer.StatusCode == HttpStatusCode.TooManyRequests && waits++ < 90)
            {
                // The console reads with the same quota; a minute later there is more of it.
                await Task.Delay(1_000);
                continue;
            }

            answer.EnsureSuccessStatusCode();
            var page = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            foreach (var entry in page["entries"]?.AsArray().ToList() ?? [])
            {
                page["entries"]!.AsArray().Remove(entry);
                entries.Add(entry);
            }

            token = (string?)page["nextPageToken"];
            more = token is not null;
        }

        await File.WriteAllTextAsync(file, entries.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    private static bool GcloudInstalled() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(static folder => File.Exists(Path.Combine(folder, "gcloud")));

    [GeneratedRegex("/background\\?source=upload-", RegexOptions.None, 1000)]
    private static partial Regex UploadAddress();

    [GeneratedRegex(@"^[\d,\u202f]+", RegexOptions.None, 1000)]
    private static partial Regex Digits();
}
