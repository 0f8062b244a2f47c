using System.Net;
using System.Text.Json;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Tests.AuditTrail.Api;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.AuditTrail.Browsing;

/// <summary>Files of the trail over plain HTTP: who may, what is in them, and that each is on the record.</summary>
public sealed class BrowsingEndpointsTests(DemoConsole demo) : IClassFixture<DemoConsole>
{
    private RunningConsole Console => demo.Console;

    [Fact]
    public async Task File_OfAFilter_HasItsEvents_AndFormulasAreText()
    {
        using var writer = await ApiClient.ForAsync(Console, "files");
        using var sent = await writer.PostAsync(
            $"[{ApiClient.Event("f-1", ",\"reason\":\"=HYPERLINK(1)\"", "files")},{ApiClient.Event("f-2", workspace: "files")}]", query: "?wait=sealed&timeout=30");
        using var clara = await Console.SignedInAsync("compliance");
        var (begun, ended) = (Exports("unknown"), Exports("success"));
        using var csv = await clara.GetAsync(new Uri("/audit/events/file?format=csv&q=workspace%3Afiles%20-resource%3Ax", UriKind.Relative));
        using var ndjson = await clara.GetAsync(new Uri("/audit/events/file?format=ndjson&q=workspace%3Afiles", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", csv.Content.Headers.ContentDisposition!.DispositionType);
        var lines = (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains("'=HYPERLINK(1)", lines[1], StringComparison.Ordinal);
        var events = (await ndjson.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => JsonElement.Parse(l)).ToList();
        Assert.Equal(["f-1", "f-2"], events.Select(static e => e.GetProperty("event").GetProperty("id").GetString()));
        Assert.Equal((begun + 2, ended + 2), (Exports("unknown"), Exports("success")));
    }

    [Theory]
    [InlineData("format=xml", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("format=csv&q=outcome%3Amaybe", HttpStatusCode.BadRequest)]
    public async Task File_ThatMakesNoSense_Is400(string query, HttpStatusCode status)
    {
        using var clara = await Console.SignedInAsync("compliance");
        using var answer = await clara.GetAsync(new Uri($"/audit/events/file?{query}", UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("/audit/events/file?format=csv")]
    [InlineData("/audit/event/proof?index=0")]
    [InlineData("/audit/event/leaf?index=0")]
    public async Task Files_ByWhoMayNot_AreDenied(string path)
    {
        using var sam = await Console.SignedInAsync("sre");
        using var answer = await sam.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Contains("/denied", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proof_AndLeaf_AreWhatGoVerifies_AndAreOnTheRecord()
    {
        using var writer = await ApiClient.ForAsync(Console);
        using var sent = await writer.PostAsync(ApiClient.Event($"p-{Guid.NewGuid():N}"), query: "?wait=sealed&timeout=30");
        var index = (await ApiClient.JsonAsync(sent)).GetProperty("index").GetString();
        using var clara = await Console.SignedInAsync("compliance");
        var exports = Exports("success");
        var folder = Directory.CreateTempSubdirectory("opsconsole-proof-");
        try
        {
            var (proof, leaf) = (Path.Combine(folder.FullName, "p.tlog-proof"), Path.Combine(folder.FullName, "leaf.json"));
            await File.WriteAllBytesAsync(proof, await clara.GetByteArrayAsync(new Uri($"/audit/event/proof?index={index}", UriKind.Relative)));
            await File.WriteAllBytesAsync(leaf, await clara.GetByteArrayAsync(new Uri($"/audit/event/leaf?index={index}", UriKind.Relative)));
            var key = SigningKeyFile.ReadOrCreate(Path.Combine(Path.GetDirectoryName(Console.Database)!, "audit.key"), "opsconsole.local/audit")[0].AsLog().Key.ToString();

            var (exit, output) = await GoVerifier.RunAsync("proof", key, proof, leaf);
            await File.AppendAllTextAsync(leaf, " ");
            var (tampered, _) = await GoVerifier.RunAsync("proof", key, proof, leaf);

            Assert.True(exit == 0, output);
            Assert.Equal(1, tampered);
            Assert.Equal(exports + 2, Exports("success"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("index=999999999", HttpStatusCode.NotFound)]
    [InlineData("index=-1", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task Proof_OfNoLeaf_SaysSo(string query, HttpStatusCode status)
    {
        using var clara = await Console.SignedInAsync("compliance");
        using var answer = await clara.GetAsync(new Uri($"/audit/event/proof?{query}", UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
    }

    private int Exports(string outcome) => RecordedEvents.In(Console.Database).Count(e => e == $"{AuditActions.AuditExport} {outcome}");
}
