using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Web.AuditTrail.Api;
using OpsConsole.Web.Commands.Audit;
using OpsConsole.Web.Hosting;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.AuditTrail.Api;

/// <summary><c>POST /api/v1/audit/events</c> on a real socket, line by line of docs/audit-trail.md.</summary>
public sealed class EventsEndpointTests(DemoConsole demo) : IClassFixture<DemoConsole>
{
    private RunningConsole Console => demo.Console;

    [Fact]
    public async Task Post_AnEvent_Is201WithItsReceipt_AndTheSameAgainIs200WithTheFirst()
    {
        using var client = await ApiClient.ForAsync(Console);
        using var first = await client.PostAsync(ApiClient.Event("one"));
        using var again = await client.PostAsync(ApiClient.Event("one"));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var (receipt, duplicate) = (await ApiClient.JsonAsync(first), await ApiClient.JsonAsync(again));
        Assert.Equal(("recorded", "one", "acme-prod"), (Text(receipt, "status"), Text(receipt, "id"), Text(receipt, "workspace")));
        Assert.Matches("^[0-9]+$", Text(receipt, "sequence"));
        Assert.Matches("^[0-9-]{10}T[0-9:]{8}\\.[0-9]{6}Z$", Text(receipt, "recordedAt"));
        Assert.Equal("duplicate", Text(duplicate, "status"));
        Assert.Equal((Text(receipt, "sequence"), Text(receipt, "recordedAt")), (Text(duplicate, "sequence"), Text(duplicate, "recordedAt")));
    }

    [Fact]
    public async Task Post_SameIdOtherContent_Is409_AndTheFirstStands()
    {
        using var client = await ApiClient.ForAsync(Console);
        using var first = await client.PostAsync(ApiClient.Event("two"));
        using var other = await client.PostAsync(ApiClient.Event("two", ",\"reason\":\"another\""));
        using var again = await client.PostAsync(ApiClient.Event("two"));

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal("application/problem+json", other.Content.Headers.ContentType!.MediaType);
        var problem = await ApiClient.JsonAsync(other);
        Assert.Equal("conflict", Text(problem.GetProperty("results")[0], "status"));
        Assert.Contains("use a new one", Text(problem, "detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Post_AnArray_AnswersEventByEvent_207WhereSomeAreNotRecorded()
    {
        using var client = await ApiClient.ForAsync(Console);
        using var first = await client.PostAsync($"[{ApiClient.Event("a-1")},{ApiClient.Event("a-2")}]");
        using var mixed = await client.PostAsync(
            $$"""[{{ApiClient.Event("a-1")}},{{ApiClient.Event("a-3")}},{{ApiClient.Event("a-2", ",\"reason\":\"x\"")}},{"id":"a-4"},{{ApiClient.Event("a-5", workspace: "other")}}]""");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(["recorded", "recorded"], await StatusesAsync(first));
        Assert.Equal(HttpStatusCode.MultiStatus, mixed.StatusCode);
        Assert.Equal(["duplicate", "recorded", "conflict", "invalid", "forbidden"], await StatusesAsync(mixed));
        var invalid = (await ApiClient.JsonAsync(mixed)).GetProperty("results")[3];
        Assert.Contains(invalid.GetProperty("errors").EnumerateArray(), static e => Text(e, "field") == "action");
    }

    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("application/ndjson; charset=utf-8")]
    [InlineData("application/jsonl")]
    public async Task Post_Lines_AreEventsEach_AndABadLineIsItsOwn(string type)
    {
        using var client = await ApiClient.ForAsync(Console);
        var id = $"l-{type.Length}";
        using var answer = await client.PostAsync($"{ApiClient.Event(id + "-1")}\r\n\n{{not json\n{ApiClient.Event(id + "-2")}\n", type);

        Assert.Equal(HttpStatusCode.MultiStatus, answer.StatusCode);
        Assert.Equal(["recorded", "invalid", "recorded"], await StatusesAsync(answer));
    }

    [Fact]
    public async Task Post_AThousandEvents_IsTaken_AndOneMoreIsNot()
    {
        using var client = await ApiClient.ForAsync(Console);
        using var most = await client.PostAsync(string.Join('\n', Enumerable.Range(0, 1000).Select(static i => ApiClient.Event($"k-{i}"))), "application/x-ndjson");
        using var more = await client.PostAsync(string.Join('\n', Enumerable.Range(0, 1001).Select(static i => ApiClient.Event($"m-{i}"))), "application/x-ndjson");

        Assert.Equal(HttpStatusCode.Created, most.StatusCode);
        Assert.Equal(1000, (await StatusesAsync(most)).Count);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, more.StatusCode);
        Assert.Contains("1000", Text(await ApiClient.JsonAsync(more), "detail").Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_MoreThanAMebibyte_Is413_DeclaredOrChunked()
    {
        using var client = await ApiClient.ForAsync(Console);
        var large = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, 40).Select(static i => ApiClient.Event($"g-{i}", $",\"details\":\"{new string('x', 30_000)}\"")))}]");
        using var declared = await client.PostAsync(large, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/audit/events") { Content = new StreamContent(new MemoryStream(large)) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
        using var chunked = await client.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, declared.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=\"iso-8859-1\"")]
    public async Task Post_AnotherType_Is415(string? type)
    {
        using var client = await ApiClient.ForAsync(Console);
        using var answer = await client.PostAsync(Encoding.UTF8.GetBytes(ApiClient.Event("t")), type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("application/x-ndjson", Text(await ApiClient.JsonAsync(answer), "detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8", null)]
    [InlineData("application/json;charset=\"utf-8\"", "identity")]
    public async Task Post_WhatSaysThatItIsPlainUtf8_IsTaken(string type, string? encoding)
    {
        using var client = await ApiClient.ForAsync(Console);
        using var answer = await client.PostAsync(Encoding.UTF8.GetBytes(ApiClient.Event($"p-{encoding}")), type, encoding: encoding);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task AnotherMethod_Is405_AndSaysWhichIsRight_ToThoseWithAToken(string method)
    {
        var events = new Uri("/api/v1/audit/events", UriKind.Relative);
        using var client = await ApiClient.ForAsync(Console);
        using var request = new HttpRequestMessage(new HttpMethod(method), events);
        using var answer = await client.Http.SendAsync(request);
        using var browser = Console.Browser();
        using var asked = new HttpRequestMessage(new HttpMethod(method), events);
        using var stranger = await browser.SendAsync(asked);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (answer.StatusCode, Assert.Single(answer.Content.Headers.Allow)));
        Assert.Contains("sent with POST", Text(await ApiClient.JsonAsync(answer), "detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task Post_Compressed_Is415_AndUnpacksNothing()
    {
        using var client = await ApiClient.ForAsync(Console);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(ApiClient.Event("z")));
        }

        using var answer = await client.PostAsync(packed.ToArray(), "application/json", encoding: "gzip");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"id\":\"x\",\"id\":\"y\"}")]
    public async Task Post_NoEvents_Is400(string body)
    {
        using var client = await ApiClient.ForAsync(Console);
        using var answer = await client.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(Text(await ApiClient.JsonAsync(answer), "detail"));
    }

    [Theory]
    [InlineData(256 * 1024)] // The event as it was sent; what is kept has the version of its form besides.
    [InlineData((256 * 1024) + 1)]
    public async Task Post_AnEventThatIsTooLargeOnceItIsKept_Is400_AndTheOthersAreTaken(int bytes)
    {
        var id = bytes.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var large = ApiClient.Event($"large-{id}", ",\"details\":\"@\"");
        using var client = await ApiClient.ForAsync(Console);
        using var answer = await client.PostAsync($"[{large.Replace("@", new string('x', bytes - large.Length + 1), StringComparison.Ordinal)},{ApiClient.Event($"beside-{id}")}]");

        Assert.Equal(["invalid", "recorded"], await StatusesAsync(answer));
    }

    [Theory]
    [InlineData("1e300", 900)] // 301 digits each in PostgreSQL
    [InlineData("1e-16000", 20)]
    [InlineData("1", 100_000)]
    public async Task Post_NumbersThatAreTooLargeWrittenOut_Is400(string number, int times)
    {
        using var client = await ApiClient.ForAsync(Console);
        using var answer = await client.PostAsync(ApiClient.Event("numbers", $",\"details\":[{string.Join(',', Enumerable.Repeat(number, times))}]"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("written out", Text(await ApiClient.JsonAsync(answer), "detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("actor")]
    [InlineData("action")]
    [InlineData("time")]
    [InlineData("outcome")]
    [InlineData("id")]
    public async Task Post_AnEventWithoutWhatItNeeds_Is400AndNamesIt(string field)
    {
        using var client = await ApiClient.ForAsync(Console);
        var json = JsonElement.Parse(ApiClient.Event("w")).EnumerateObject().Where(p => p.Name != field).ToDictionary(static p => p.Name, static p => p.Value);
        using var answer = await client.PostAsync(JsonSerializer.Serialize(json));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(field, Text(await ApiClient.JsonAsync(answer), "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithoutWorkspace_GetsTheTokens_AndAnotherIs403()
    {
        using var client = await ApiClient.ForAsync(Console);
        using var without = await client.PostAsync(ApiClient.Event("v-1").Replace("\"workspace\":\"acme-prod\",", "", StringComparison.Ordinal));
        using var other = await client.PostAsync(ApiClient.Event("v-2", workspace: "rival"));
        using var ours = await client.PostAsync(ApiClient.Event("v-3", workspace: "opsconsole"));

        Assert.Equal("acme-prod", Text(await ApiClient.JsonAsync(without), "workspace"));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, ours.StatusCode);
    }

    [Fact]
    public async Task Post_WithATokenOfManyWorkspaces_TakesThose()
    {
        using var client = await ApiClient.ForAsync(Console, "ws-*");
        using var two = await client.PostAsync($"[{ApiClient.Event("x", workspace: "ws-1")},{ApiClient.Event("x", workspace: "ws-2")}]");
        using var other = await client.PostAsync(ApiClient.Event("x", workspace: "acme-prod"));
        using var none = await client.PostAsync(ApiClient.Event("y").Replace("\"workspace\":\"acme-prod\",", "", StringComparison.Ordinal));

        Assert.Equal(["recorded", "recorded"], await StatusesAsync(two));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
    }

    [Fact]
    public async Task Post_WaitSealed_BringsIndexAndAProofThatHolds()
    {
        using var client = await ApiClient.ForAsync(Console);
        using var answer = await client.PostAsync($"[{ApiClient.Event("s-1")},{ApiClient.Event("s-2")}]", query: "?wait=sealed&timeout=30");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        foreach (var result in (await ApiClient.JsonAsync(answer)).GetProperty("results").EnumerateArray())
        {
            Assert.True(result.GetProperty("sealed").GetBoolean());
            Assert.True(TlogProof.TryParse(Encoding.UTF8.GetBytes(Text(result, "proof")), out var proof, out var problem), problem);
            Assert.Equal(Text(result, "index"), proof.Index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        using var again = await client.PostAsync(ApiClient.Event("s-1"), query: "?wait=sealed");
        Assert.True((await ApiClient.JsonAsync(again)).GetProperty("sealed").GetBoolean());
    }

    [Theory]
    [InlineData("?wait=yes")]
    [InlineData("?timeout=3")]
    [InlineData("?wait=sealed&timeout=0")]
    [InlineData("?wait=sealed&timeout=31")]
    [InlineData("?wait=sealed&timeout=x")]
    public async Task Post_BadParameters_Is400(string query)
    {
        using var client = await ApiClient.ForAsync(Console);
        using var answer = await client.PostAsync(ApiClient.Event("q"), query: query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Post_WithoutAGoodToken_Is401_AndWithOneForReading403()
    {
        using var nobody = new ApiClient(Console.Browser());
        using var without = await nobody.PostAsync(ApiClient.Event("n"));
        nobody.Http.DefaultRequestHeaders.Add("Authorization", $"Bearer {ApiTokenSecret.New()}");
        using var unknown = await nobody.PostAsync(ApiClient.Event("n"));
        using var clara = new ApiClient(await Console.SignedInAsync("compliance"));
        using var cookie = await clara.PostAsync(ApiClient.Event("n"));
        using var reader = await ApiClient.ForAsync(Console, "", ApiScope.ReadLog);
        using var scope = await reader.PostAsync(ApiClient.Event("n"));

        Assert.All([without, unknown, cookie], static a => Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (a.StatusCode, a.Headers.WwwAuthenticate.ToString())));
        Assert.Equal(HttpStatusCode.Forbidden, scope.StatusCode);
    }

    [Fact]
    public async Task Post_WithARevokedToken_Is401WithinSeconds()
    {
        using var client = await ApiClient.ForAsync(Console);
        var name = $"gone-{Guid.NewGuid():N}";
        client.Http.DefaultRequestHeaders.Remove("Authorization");
        client.Http.DefaultRequestHeaders.Add("Authorization", $"Bearer {await ApiClient.TokenAsync(Console, "acme-prod", name: name)}");
        using var before = await client.PostAsync(ApiClient.Event("r-0"));
        using var errors = new StringWriter();
        var exit = await TokenCommand.RunAsync(
            new CommandLineSettings { Data = Path.GetDirectoryName(Console.Database) },
            (tokens, actor) => TokenCommand.RevokeAsync(tokens, actor, name, TimeProvider.System, errors, CancellationToken.None),
            errors,
            CancellationToken.None);

        Assert.Equal((HttpStatusCode.Created, 0), (before.StatusCode, exit));
        HttpStatusCode status;
        do
        {
            using var answer = await client.PostAsync(ApiClient.Event("r-1"));
            status = answer.StatusCode;
            Assert.Contains(status, new[] { HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Unauthorized });
            await Task.Delay(50);
        }
        while (status != HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Post_TooOften_Is429WithRetryAfter()
    {
        await using var slow = await RunningConsole.StartAsync(static settings => settings.Audit.ApiRequestsPerSecond = 1);
        using var client = await ApiClient.ForAsync(slow);
        using var other = await ApiClient.ForAsync(slow);
        HttpResponseMessage answer;
        do
        {
            answer = await client.PostAsync(ApiClient.Event("f"));
        }
        while (answer.IsSuccessStatusCode);

        using var unharmed = await other.PostAsync(ApiClient.Event("f"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 5);
        Assert.Equal(HttpStatusCode.OK, unharmed.StatusCode);
        answer.Dispose();
    }

    [Fact]
    public async Task Post_WrongTokensTooOften_Are429WithRetryAfter_AndAGoodOneGoesOn()
    {
        await using var strict = await RunningConsole.StartAsync(static settings => settings.Limits.AnonymousRequestsPerMinute = 10);
        using var good = await ApiClient.ForAsync(strict);
        using (var first = await good.PostAsync(ApiClient.Event("good")))
        {
            Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        }

        using var guesser = strict.Browser();
        guesser.DefaultRequestHeaders.Add("Authorization", $"Bearer {ApiTokenSecret.New()}");
        var wrong = 0;
        HttpResponseMessage answer;
        do
        {
            answer = await guesser.PostAsync(new Uri(EventsEndpoint.Path, UriKind.Relative), new StringContent("{}"));
            wrong++;
        }
        while (answer.StatusCode == HttpStatusCode.Unauthorized && wrong < 100);

        using (answer)
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        using var again = await good.PostAsync(ApiClient.Event("good"));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task Post_WhileNothingCanBeRecorded_Is503WithRetryAfter()
    {
        await using var broken = await RunningConsole.StartAsync();
        using var client = await ApiClient.ForAsync(broken);
        OpsConsole.Testing.AuditTrail.RecordedEvents.Break(broken.Database);
        using var answer = await client.PostAsync(ApiClient.Event("h"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static async Task<IReadOnlyList<string>> StatusesAsync(HttpResponseMessage answer) =>
        [.. (await ApiClient.JsonAsync(answer)).GetProperty("results").EnumerateArray().Select(static r => Text(r, "status"))];
}
