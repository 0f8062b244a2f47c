using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Web.AuditTrail.Events;
using OpsConsole.Web.Tests.BackgroundActivity.Sources;

namespace OpsConsole.Web.Tests.AuditTrail;

/// <summary>The request of an event, in live logs.</summary>
public sealed class TracedRequestTests : ConsoleContext
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task Request_ThatHasOnlyJustEnded_IsShownAsNotJudged_AndItsLinesComeByThemselves()
    {
        await using var bench = await SourceBench.StartAsync(TimeSpan.FromMinutes(5));
        var now = bench.Time.GetUtcNow();
        await WriteAsync(bench, "requests", now.AddSeconds(-2), """{"httpRequest":{"requestMethod":"POST","requestUrl":"https://x.run.app/orders","status":201,"latency":"1s"}}""");
        await WriteAsync(bench, "stdout", now.AddSeconds(-1.5), """{"textPayload":"order accepted"}""");
        Services.AddSingleton(bench.Catalog);
        var live = (AnalysisSource)bench.Catalog.Live(SourceBench.Project);

        var shown = Render<TracedRequest>(parameters => parameters.Add(t => t.TraceId, Trace).Add(t => t.At, now));
        await PollAsync(bench, live);
        shown.WaitForAssertion(() => Assert.Contains("This request has only just ended: what it logged is not judged yet.", shown.Markup, StringComparison.Ordinal));
        Assert.Contains("None is judged yet.", shown.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("order accepted", shown.Markup, StringComparison.Ordinal);

        for (var polls = 0; polls < 6; polls++)
        {
            await PollAsync(bench, live);
        }

        shown.WaitForAssertion(() => Assert.Contains("order accepted", shown.Markup, StringComparison.Ordinal));
        Assert.Contains("after its response; newer lines are not judged yet.", shown.Markup, StringComparison.Ordinal);

        // Nothing more comes, and that is told, too.
        for (var polls = 0; polls < 10; polls++)
        {
            await PollAsync(bench, live);
        }

        shown.WaitForAssertion(() => Assert.Contains("Nothing that can be tied to this request was logged after its response.", shown.Markup, StringComparison.Ordinal));
        await DisposeComponentsAsync();
    }

    private static async Task PollAsync(SourceBench bench, AnalysisSource live)
    {
        await live.WhenAsync(static s => s.State == SourceState.Ready && s.Version > 0);
        await bench.Time.WhenTimerAsync(SourceBench.Poll);
        bench.Time.Advance(SourceBench.Poll);
    }

    private static async Task WriteAsync(SourceBench bench, string log, DateTimeOffset at, string payload)
    {
        var entry = JsonNode.Parse(payload)!.AsObject();
        entry["timestamp"] = at.UtcDateTime.ToString("O");
        entry["logName"] = $"projects/{SourceBench.Project}/logs/run.googleapis.com%2F{log}";
        entry["trace"] = $"projects/{SourceBench.Project}/traces/{Trace}";
        entry["labels"] = new JsonObject { ["instanceId"] = "00aa11bb" };
        entry["resource"] = new JsonObject
        {
            ["type"] = "cloud_run_revision",
            ["labels"] = new JsonObject
            {
                ["project_id"] = SourceBench.Project,
                ["location"] = "europe-west1",
                ["service_name"] = "young",
                ["revision_name"] = "young-00001-abc",
                ["configuration_name"] = "young",
            },
        };
        using var answer = await bench.Http.PostAsJsonAsync("v2/entries:write", new JsonObject { ["entries"] = new JsonArray(entry) });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
