using System.Buffers.Text;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Web.Tests.Hosting;

namespace OpsConsole.Web.Tests.AuditTrail.Books;

/// <summary>A statement of the three books as a file: checked as its HOW-TO-VERIFY.md says, with Go where it names foreign tools.</summary>
public sealed class BooksEndpointsTests(DemoConsole demo) : IClassFixture<DemoConsole>
{
    private static readonly Actor Clara = new("clara.weiss@acme.example", "Clara Weiss", [Role.Compliance]);

    private RunningConsole Console => demo.Console;

    [Fact]
    public async Task Zip_IsWhatItsOwnStepsProve()
    {
        var id = await StatementAsync();
        using var clara = await Console.SignedInAsync("compliance2");
        var files = await SealedAsync(clara, id);
        var rows = files["statement.ndjson"];
        var digest = Convert.ToHexStringLower(SHA256.HashData(rows));
        var key = Encoding.UTF8.GetString(files["log.vkey"]).Trim();
        var folder = Directory.CreateTempSubdirectory("opsconsole-books-");
        try
        {
            var leaves = files.Keys.Where(static n => n.EndsWith(".leaf.json", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(leaves);
            foreach (var name in leaves)
            {
                var (leaf, proof) = (Path.Combine(folder.FullName, "leaf.json"), Path.Combine(folder.FullName, "p.tlog-proof"));
                await File.WriteAllBytesAsync(leaf, files[name]);
                await File.WriteAllBytesAsync(proof, files[name.Replace(".leaf.json", ".tlog-proof", StringComparison.Ordinal)]);
                var (exit, output) = await GoVerifier.RunAsync("proof", key, proof, leaf);
                Assert.True(exit == 0, output);

                // Each disclosure opens a commitment of the leaf, and the details name the rows by their digest.
                var commitments = JsonElement.Parse(files[name]).GetProperty("sd").EnumerateObject().ToDictionary(static p => p.Name, static p => p.Value.GetString(), StringComparer.Ordinal);
                var opened = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var line in Encoding.ASCII.GetString(files[name.Replace(".leaf.json", ".disclosures.txt", StringComparison.Ordinal)]).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    var parts = JsonElement.Parse(Base64Url.DecodeFromChars(line));
                    opened[parts[1].GetString()!] = parts[2];
                    Assert.Equal(commitments[parts[1].GetString()!], Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(line))));
                }

                Assert.Equal(digest, opened["details"].GetProperty("sha256").GetString());
                Assert.Equal("clara.weiss@acme.example", opened["actor.id"].GetString());
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.All(Encoding.UTF8.GetString(rows).Split('\n', StringSplitOptions.RemoveEmptyEntries), static line => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind));
        Assert.Equal(rows, await clara.GetByteArrayAsync(Address(id, "ndjson")));
        Assert.Equal(files["statement.csv"], await clara.GetByteArrayAsync(Address(id, "csv")));
    }

    [Theory]
    [InlineData("?statement=statement-acme-prod-20260101&format=pdf", HttpStatusCode.BadRequest)]
    [InlineData("?format=zip", HttpStatusCode.BadRequest)]
    [InlineData("?statement=statement-acme-prod-20260101&format=zip", HttpStatusCode.NotFound)]
    public async Task File_ThatIsNone_SaysSo(string query, HttpStatusCode status)
    {
        using var clara = await Console.SignedInAsync("compliance");
        using var answer = await clara.GetAsync(new Uri($"/audit/books/file{query}", UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task File_ByWhoMayNotExport_IsDenied_AndADownloadIsOnTheRecord()
    {
        var id = await StatementAsync();
        using var sam = await Console.SignedInAsync("sre");
        using var denied = await sam.GetAsync(Address(id, "zip"));
        Assert.Contains("/denied", denied.Headers.Location!.ToString(), StringComparison.Ordinal);

        using var clara = await Console.SignedInAsync("compliance");
        var exports = Exports();
        using var taken = await clara.GetAsync(Address(id, "csv"));
        Assert.Equal((HttpStatusCode.OK, exports + 1), (taken.StatusCode, Exports()));
    }

    private static Uri Address(string id, string format) => new($"/audit/books/file?statement={id}&format={format}", UriKind.Relative);

    private async Task<string> StatementAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var made = Assert.IsType<StatementAnswer.Made>(
            await Console.Services.GetRequiredService<Statements>().MakeAsync(Clara, "acme-prod", now.AddDays(-2), now, CancellationToken.None));
        return made.Statement.Id;
    }

    // Made anew until the events are sealed, as the file itself asks for.
    private static async Task<Dictionary<string, byte[]>> SealedAsync(HttpClient browser, string id)
    {
        for (var i = 0; ; i++)
        {
            await using var zip = new ZipArchive(new MemoryStream(await browser.GetByteArrayAsync(Address(id, "zip"))));
            var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
            {
                using var memory = new MemoryStream();
                await using var stream = await entry.OpenAsync();
                await stream.CopyToAsync(memory);
                files.Add(entry.FullName, memory.ToArray());
            }

            if (files.Keys.Any(static n => n.EndsWith(".tlog-proof", StringComparison.Ordinal)) && !files.Keys.Any(static n => n.Contains("not-sealed", StringComparison.Ordinal)))
            {
                return files;
            }

            Assert.True(i < 150, string.Join(", ", files.Keys));
            await Task.Delay(200);
        }
    }

    private int Exports() => RecordedEvents.In(Console.Database).Count(static e => e == $"{AuditActions.AuditExport} success");
}
