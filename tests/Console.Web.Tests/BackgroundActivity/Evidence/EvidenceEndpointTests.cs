using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Web.Tests.BackgroundActivity.Evidence;

public sealed class EvidenceEndpointTests
{
    [Fact]
    public async Task Get_OfAnUpload_DownloadsItsClassifiedEntries()
    {
        await using var console = await RunningConsole.StartAsync();
        using var clara = await console.SignInAsync("compliance");
        var id = await UploadAsync(clara);

        using var csv = await WhenReadyAsync(clara, $"/background/evidence?source={id}&format=csv&service=checkout&class=after-response");
        using var ndjson = await clara.GetAsync($"/background/evidence?source={id}");

        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal("evidence_acme-prod_checkout_20260302T100010Z_20260302T100014Z.csv", csv.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal("attachment", csv.Content.Headers.ContentDisposition.DispositionType);
        var lines = (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains(",after-response,trace,", lines[1], StringComparison.Ordinal);
        Assert.Equal("application/x-ndjson", ndjson.Content.Headers.ContentType!.MediaType);
        Assert.Equal(2, (await ndjson.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Get_ByWhoMayNot_IsRefused()
    {
        await using var console = await RunningConsole.StartAsync();
        using var vik = await console.SignInAsync("viewer");
        using var nobody = console.Anonymous();

        using var denied = await vik.GetAsync("/background/evidence?source=live-acme-prod");
        using var signIn = await nobody.GetAsync("/background/evidence?source=live-acme-prod");

        Assert.Contains("/denied", denied.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("/sign-in", signIn.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("source=upload-0199b0d2a1e57c5c9b1d6d7c8f9a0b1c", HttpStatusCode.NotFound)]
    [InlineData("source=live-other-project", HttpStatusCode.NotFound)]
    [InlineData("source=..%2F..%2Fetc", HttpStatusCode.NotFound)]
    [InlineData("", HttpStatusCode.NotFound)]
    [InlineData("source=live-acme-prod&format=xml", HttpStatusCode.BadRequest)]
    [InlineData("source=live-acme-prod&class=late", HttpStatusCode.BadRequest)]
    public async Task Get_OfSomethingElse_SaysWhatIsWrong(string query, HttpStatusCode status)
    {
        await using var console = await RunningConsole.StartAsync();
        using var sam = await console.SignInAsync("sre");

        using var answer = await sam.GetAsync($"/background/evidence?{query}");

        Assert.Equal(status, answer.StatusCode);
    }

    private static async Task<string> UploadAsync(HttpClient client)
    {
        var world = new LogWorld();
        world.Request("i1", 10, 0.5, LogWorld.Trace(1));
        world.Line("i1", 10.2, "in", LogWorld.Trace(1));
        world.Line("i1", 14, "late", LogWorld.Trace(1));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/background/uploads?name=x.json")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(world.ToNdjson())),
        };
        request.Headers.Add("X-Requested-With", "XMLHttpRequest");
        using var answer = await client.SendAsync(request);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    /// <summary>409 means that it is still being read: asking again is what its text tells people to do.</summary>
    private static async Task<HttpResponseMessage> WhenReadyAsync(HttpClient client, string path)
    {
        while (true)
        {
            var answer = await client.GetAsync(path);
            if (answer.StatusCode != HttpStatusCode.Conflict)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Yield();
        }
    }
}
