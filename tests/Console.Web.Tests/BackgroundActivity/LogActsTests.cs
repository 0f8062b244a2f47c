using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Web.Tests.BackgroundActivity;

/// <summary>Uploads and downloads stand in the audit trail before they are done, and are not done when it cannot take them.</summary>
public sealed class LogActsTests
{
    [Fact]
    public async Task UploadAndDownload_AreRecorded()
    {
        await using var console = await RunningConsole.StartAsync();
        using var clara = await console.SignInAsync("compliance");
        using var upload = await UploadAsync(clara);
        var id = (string)(await upload.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        while (true)
        {
            using var file = await clara.GetAsync($"/background/evidence?source={id}");
            if (file.StatusCode != HttpStatusCode.Conflict)
            {
                Assert.Equal(HttpStatusCode.OK, file.StatusCode);
                break;
            }
        }

        Assert.Equal(
            [$"{AuditActions.LogsAnalyse} success", $"{AuditActions.EvidenceExport} success"],
            RecordedEvents.In(console.Database).Where(static e => e.StartsWith("background.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task UploadAndDownload_WhenTheTrailIsDead_AreRefusedWithASentence()
    {
        await using var console = await RunningConsole.StartAsync();
        using var clara = await console.SignInAsync("compliance");
        using var first = await UploadAsync(clara);
        var id = (string)(await first.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        RecordedEvents.Break(console.Database);

        using var upload = await UploadAsync(clara);
        HttpResponseMessage download;
        while ((download = await clara.GetAsync($"/background/evidence?source={id}")).StatusCode == HttpStatusCode.Conflict)
        {
            download.Dispose();
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (upload.StatusCode, download.StatusCode));
        Assert.Contains("Nothing is analysed without a record", await upload.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Nothing is given out without a record", await download.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(console.Uploads, "*.json"));
        Assert.Empty(Directory.GetFiles(console.Uploads, "*.part"));
        download.Dispose();
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client)
    {
        var world = new LogWorld();
        world.Request("i1", 10, 0.5, LogWorld.Trace(1));
        world.Line("i1", 14, "late", LogWorld.Trace(1));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/background/uploads?name=x.json")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(world.ToNdjson())),
        };
        request.Headers.Add("X-Requested-With", "XMLHttpRequest");
        return await client.SendAsync(request);
    }
}
