using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Web.Tests.BackgroundActivity.Uploads;

public sealed class UploadEndpointTests
{
    [Fact]
    public async Task Post_OfAnExport_IsStoredAndAnalysed()
    {
        await using var console = await RunningConsole.StartAsync();
        using var sam = await console.SignInAsync("sre");

        using var answer = await sam.SendAsync(Upload("C:\\logs\\orders.json", Export()));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var body = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.StartsWith("/background?source=upload-", (string)body["url"]!, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"orders.json\"", await File.ReadAllTextAsync(Path.Combine(console.Uploads, $"{body["id"]}.json")), StringComparison.Ordinal);
        Assert.Equal(Export(), await File.ReadAllBytesAsync(Path.Combine(console.Uploads, $"{body["id"]}.log")));
    }

    [Fact]
    public async Task Post_ByWhoMayNot_IsRefusedWithoutARedirect()
    {
        await using var console = await RunningConsole.StartAsync();
        using var vik = await console.SignInAsync("viewer");
        using var nobody = console.Anonymous();

        Assert.Equal(HttpStatusCode.Forbidden, (await vik.SendAsync(Upload("x", Export()))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.SendAsync(Upload("x", Export()))).StatusCode);
        Assert.Empty(Directory.GetFiles(console.Uploads));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("https://evil.example", "XMLHttpRequest")]
    [InlineData("null", "XMLHttpRequest")]
    public async Task Post_FromAnotherSitesPage_IsRefused(string? origin, string? header)
    {
        await using var console = await RunningConsole.StartAsync();
        using var sam = await console.SignInAsync("sre");
        using var request = Upload("x", Export());
        request.Headers.Remove("X-Requested-With");
        if (header is not null)
        {
            request.Headers.Add("X-Requested-With", header);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await sam.SendAsync(request)).StatusCode);
        Assert.Empty(Directory.GetFiles(console.Uploads));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_OverTheLimit_SaysSoAndKeepsNothing(bool chunked)
    {
        await using var console = await RunningConsole.StartAsync(uploadLimit: 2000);
        using var sam = await console.SignInAsync("sre");
        using var request = Upload("large.json", new byte[2001]);
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await sam.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("2 KB", (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["message"]!, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(console.Uploads));
    }

    [Fact]
    public async Task Post_OfExactlyTheLimit_IsTaken()
    {
        await using var console = await RunningConsole.StartAsync(uploadLimit: 2000);
        using var sam = await console.SignInAsync("sre");

        using var answer = await sam.SendAsync(Upload("large.json", new byte[2000]));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Post_ThatBreaksOff_LeavesNoPart()
    {
        await using var console = await RunningConsole.StartAsync();
        using var sam = await console.SignInAsync("sre");
        using var request = Upload("x.json", Export());
        using var cancel = new CancellationTokenSource();
        var body = new BreakingContent(console.Uploads, cancel);
        request.Content = body;

        await Assert.ThrowsAnyAsync<Exception>(() => sam.SendAsync(request, cancel.Token));

        await body.PartGone.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Empty(Directory.GetFiles(console.Uploads));
    }

    private static HttpRequestMessage Upload(string name, byte[] content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/background/uploads?name={Uri.EscapeDataString(name)}") { Content = new ByteArrayContent(content) };
        request.Headers.Add("X-Requested-With", "XMLHttpRequest");
        return request;
    }

    private static byte[] Export()
    {
        var world = new LogWorld();
        world.Request("i1", 10, 0.5, LogWorld.Trace(1));
        world.Line("i1", 14, "late", LogWorld.Trace(1));
        return Encoding.UTF8.GetBytes(world.ToNdjson());
    }

    /// <summary>Sends some bytes, waits until the server has them on its disk, and gives up.</summary>
    private sealed class BreakingContent : HttpContent
    {
        private readonly TaskCompletionSource _made = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly FileSystemWatcher _watcher;
        private readonly CancellationTokenSource _cancel;

        public BreakingContent(string folder, CancellationTokenSource cancel)
        {
            _cancel = cancel;
            _watcher = new FileSystemWatcher(folder, "*.part") { EnableRaisingEvents = true };
            _watcher.Created += (_, _) => _made.TrySetResult();
            _watcher.Deleted += (_, _) => _gone.TrySetResult();
        }

        public Task PartGone => _gone.Task;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[1000]);
            await stream.FlushAsync();
            await _made.Task;
            await _cancel.CancelAsync();
            throw new SocketException((int)SocketError.ConnectionReset);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 100_000;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            _watcher.Dispose();
            base.Dispose(disposing);
        }
    }
}
