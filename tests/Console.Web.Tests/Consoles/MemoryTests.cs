using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Circuits;
using OpsConsole.Testing.Processes;

namespace OpsConsole.Web.Tests.Consoles;

/// <summary>What is large goes through in pieces: processes whose heap may not become as large as what they read or write.</summary>
public sealed class MemoryTests
{
    private const int Events = 6_000;
    private const int DetailBytes = 24 * 1024;
    private const long Upload = 300L << 20;

    // 256 MiB and 96 MiB; the upload has 300 MiB, the events 147 MB. The sealer alone holds two pages of 32 MiB and what is made of them.
    private static readonly Dictionary<string, string> OfTheConsole = new(StringComparer.Ordinal) { ["DOTNET_GCHeapHardLimit"] = "0x10000000" };
    private static readonly Dictionary<string, string> OfAVerb = new(StringComparer.Ordinal) { ["DOTNET_GCHeapHardLimit"] = "0x6000000" };

    [Fact]
    public async Task LargeThings_UnderAHardLimitOfTheHeap_GoThroughInPieces()
    {
        await using var fleet = await Fleet.StartAsync();
        var store = new AuditStore(fleet.Database.Database, TimeProvider.System, new SealSignals());
        var text = new string('x', DetailBytes);
        for (var from = 0; from < Events; from += 250)
        {
            await store.AppendAsync(
                [.. Enumerable.Range(from, 250).Select(i => AnEvent.Of(i.ToString(CultureInfo.InvariantCulture), workspace: "billing", details: new { text }))], AuditVia.Api, "till", CancellationToken.None);
        }

        var console = await fleet.AddAsync("a", environment: OfTheConsole);
        await Fleet.UntilAsync("all is sealed and indexed", async () => await fleet.Database.ScalarAsync<long>("SELECT count(*) FROM audit.search WHERE workspace = 'billing'") == Events);

        // A file of all events, an upload, and a page of the list.
        using var http = new HttpClient { BaseAddress = console.Address, Timeout = TimeSpan.FromMinutes(3) };
        http.DefaultRequestHeaders.Add("X-Goog-IAP-JWT-Assertion", fleet.Assertion("clara@acme.example"));
        Assert.True(await LengthAsync(http, "/audit/events/file?format=ndjson") > (long)Events * DetailBytes);
        using var list = await http.GetAsync(new Uri("/audit", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        using var other = new HttpClient { BaseAddress = console.Address, Timeout = TimeSpan.FromMinutes(3) };
        other.DefaultRequestHeaders.Add("X-Goog-IAP-JWT-Assertion", fleet.Assertion("sam@acme.example"));
        other.DefaultRequestHeaders.Add("Origin", console.Address.GetLeftPart(UriPartial.Authority));
        other.DefaultRequestHeaders.Add("X-Requested-With", "XMLHttpRequest");
        using var upload = new Lines(Upload);
        using var uploaded = await other.PostAsync(new Uri("/background/uploads?name=large.ndjson", UriKind.Relative), upload);
        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);

        // Somebody else works meanwhile.
        using var ada = fleet.As(console, "ada@acme.example");
        await using var beside = await OpenPage.OpenAsync(ada, "/admin/roles", static root => root.Find("h1") is not null, TimeSpan.FromMinutes(2), CancellationToken.None);

        // Analysing it takes memory for each entry: that there is not enough is a sentence, and the end of nothing else.
        var source = (string)JsonNode.Parse(await uploaded.Content.ReadAsStringAsync())!["url"]!;
        using (var sam = fleet.As(console, "sam@acme.example"))
        await using (await OpenPage.OpenAsync(
            sam, source, static root => root.Text.Contains("does not fit into the memory", StringComparison.Ordinal), TimeSpan.FromMinutes(2), CancellationToken.None))
        {
        }

        Assert.False(console.HasExited, console.Output);
        await beside.GoAsync("/admin/tokens", static root => root.Find("h1", static h1 => h1.Text.Contains("oken", StringComparison.Ordinal)) is not null, TimeSpan.FromMinutes(2), CancellationToken.None);

        // The verbs, beside it.
        var settings = fleet.SettingsOf("verb");
        var data = Path.Combine(fleet.Database.Folder, "a");
        var bundle = Path.Combine(fleet.Database.Folder, "bundle.zip");
        foreach (var arguments in new string[][] { ["audit", "verify", "--full", "--data", data], ["audit", "export", "--out", bundle, "--data", data], ["verify", bundle] })
        {
            var (exitCode, output) = await ConsoleProcess.RunAsync(arguments, settings, OfAVerb);
            Assert.True(exitCode == 0, $"{string.Join(' ', arguments)}: {exitCode}\n{output}");
        }
    }

    private static async Task<long> LengthAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        var length = 0L;
        while (await body.ReadAsync(buffer) is > 0 and var count)
        {
            length += count;
        }

        return length;
    }

    /// <summary>Log entries, made as they are sent.</summary>
    private sealed class Lines : HttpContent
    {
        private static readonly byte[] Block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(
            """{"insertId":"1","timestamp":"2026-11-22T10:00:00Z","textPayload":"work","resource":{"type":"cloud_run_revision","labels":{"project_id":"p","service_name":"s","revision_name":"s-1","location":"l"}}}""" + "\n", 512)));

        private readonly long _length;

        public Lines(long length)
        {
            _length = length;
            Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var sent = 0L; sent < _length; sent += Block.Length)
            {
                await stream.WriteAsync(Block);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
