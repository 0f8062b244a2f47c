using System.Net;
using System.Text;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Tokens;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Tests.AuditTrail.Api;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.AuditTrail.Tlog;

/// <summary>The log over HTTP as c2sp.org/tlog-tiles says, and read by a client that is not ours.</summary>
public sealed class TlogEndpointsTests(DemoConsole demo) : IClassFixture<DemoConsole>
{
    private RunningConsole Console => demo.Console;

    [Fact]
    public async Task Log_ReadByGo_WithAToken_IsVerifiedThere()
    {
        using var writer = await ApiClient.ForAsync(Console);
        var lines = string.Join('\n', Enumerable.Range(0, 600).Select(static i => ApiClient.Event($"go-{i}")));
        using var sent = await writer.PostAsync(lines, "application/x-ndjson", "?wait=sealed&timeout=30");
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        var token = await ApiClient.TokenAsync(Console, "", ApiScope.ReadLog);
        var (key, prefix) = (VerifierKey(), new Uri(Console.Address, "/tlog/").ToString());

        var (exit, output) = await GoVerifier.RunWithTokenAsync(token, "tiles", key, prefix, "0", "255", "256", "599");
        var (without, _) = await GoVerifier.RunAsync("tiles", key, prefix, "0");

        Assert.True(exit == 0, output);
        Assert.Equal(1, without);
    }

    [Fact]
    public async Task Checkpoint_AndTiles_HaveTheTypesAndCachingOfTheSpecification()
    {
        using var reader = await ReaderAsync();
        using var checkpoint = await reader.Http.GetAsync(new Uri("/tlog/checkpoint", UriKind.Relative));
        var size = (await SignedAsync(checkpoint)).Checkpoint.Size;
        using var tile = await reader.Http.GetAsync(new Uri($"/tlog/tile/0/000{Partial(size)}", UriKind.Relative));
        using var entries = await reader.Http.GetAsync(new Uri($"/tlog/tile/entries/000{Partial(size)}", UriKind.Relative));

        Assert.Equal("text/plain; charset=utf-8", checkpoint.Content.Headers.ContentType!.ToString());
        Assert.True(checkpoint.Headers.CacheControl!.NoCache);
        Assert.All([tile, entries], static answer =>
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.ToString());
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl.Private);
        });
        Assert.True(EntryBundle.TryRead(await entries.Content.ReadAsByteArrayAsync(), out var leaves));
        var hashes = await tile.Content.ReadAsByteArrayAsync();
        Assert.Equal(leaves.Count * MerkleHash.Size, hashes.Length);
        Assert.All(Enumerable.Range(0, leaves.Count), i => Assert.Equal(TreeHasher.Leaf(leaves[i].Span), MerkleHash.Many(hashes)[i]));
    }

    [Theory]
    [InlineData("0/x001/000")]
    [InlineData("0/999")]
    [InlineData("7/000.p/1")]
    [InlineData("63/000")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/0")]
    [InlineData("0/00")]
    [InlineData("entries/999")]
    [InlineData("entries/000.p/x")]
    [InlineData("-1/000")]
    public async Task Tile_ThatTheTreeHasNot_Is404(string path)
    {
        using var reader = await ReaderAsync();
        using var answer = await reader.Http.GetAsync(new Uri($"/tlog/tile/{path}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Log_IsForThoseWhoMayBrowse_AndReadingIsRecordedOnceForEachReader()
    {
        using var nobody = Console.Browser();
        using var vik = await Console.SignedInAsync("viewer");
        using var clara = await Console.SignedInAsync("compliance2");
        using var writer = await ApiClient.ForAsync(Console);
        using var signIn = await nobody.GetAsync(new Uri("/tlog/checkpoint", UriKind.Relative));
        using var denied = await vik.GetAsync(new Uri("/tlog/checkpoint", UriKind.Relative));
        using var scope = await writer.Http.GetAsync(new Uri("/tlog/checkpoint", UriKind.Relative));
        var before = Reads();
        using var first = await clara.GetAsync(new Uri("/tlog/checkpoint", UriKind.Relative));
        using var second = await clara.GetAsync(new Uri("/tlog/checkpoint", UriKind.Relative));

        Assert.Contains("/sign-in", signIn.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("/denied", denied.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, scope.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(before + 1, Reads());
    }

    [Fact]
    public async Task Tiles_ReadTooOften_Are429_ForThatTokenAlone()
    {
        await using var slow = await RunningConsole.StartAsync(static settings => settings.Audit.ApiRequestsPerSecond = 1);
        using var eager = await ApiClient.ForAsync(slow, "", ApiScope.ReadLog);
        using var other = await ApiClient.ForAsync(slow, "", ApiScope.ReadLog);
        HttpResponseMessage answer;
        do
        {
            answer = await eager.Http.GetAsync(new Uri("/tlog/tile/0/999", UriKind.Relative));
        }
        while (answer.StatusCode == HttpStatusCode.NotFound);

        using var unharmed = await other.Http.GetAsync(new Uri("/tlog/tile/0/999", UriKind.Relative));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 5);
        Assert.Equal(HttpStatusCode.NotFound, unharmed.StatusCode);
        answer.Dispose();
    }

    [Fact]
    public async Task Tiles_OfAPersonBeyondTheLimitOfAPerson_Are429()
    {
        await using var slow = await RunningConsole.StartAsync(static settings => settings.Limits.RequestsPerMinute = 10);
        using var clara = await slow.SignedInAsync("compliance");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await clara.GetAsync(new Uri("/tlog/tile/0/999", UriKind.Relative));
            statuses.Add(answer.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task Tiles_OfATokenBeyondTheLimitOfAnAddress_AreGiven()
    {
        await using var console = await RunningConsole.StartAsync(static settings => settings.Limits.AnonymousRequestsPerMinute = 10);
        using var monitor = await ApiClient.ForAsync(console, "", ApiScope.ReadLog);
        for (var i = 0; i < 15; i++)
        {
            using var answer = await monitor.Http.GetAsync(new Uri("/tlog/tile/0/999", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private int Reads() => RecordedEvents.In(Console.Database).Count(static e => e == $"{AuditActions.LogRead} success");

    private async Task<ApiClient> ReaderAsync()
    {
        using var writer = await ApiClient.ForAsync(Console);
        using var sent = await writer.PostAsync(ApiClient.Event($"r-{Guid.NewGuid():N}"), query: "?wait=sealed&timeout=30");
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        return await ApiClient.ForAsync(Console, "", ApiScope.ReadLog);
    }

    private string VerifierKey()
    {
        var keys = SigningKeyFile.ReadOrCreate(Path.Combine(Path.GetDirectoryName(Console.Database)!, "audit.key"), "opsconsole.local/audit");
        return keys[0].AsLog().Key.ToString();
    }

    private static string Partial(long size) => size >= 256 ? "" : $".p/{size}";

    private static async Task<SignedCheckpoint> SignedAsync(HttpResponseMessage answer)
    {
        Assert.True(SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(await answer.Content.ReadAsStringAsync()), out var signed, out var problem), problem);
        return signed;
    }
}
