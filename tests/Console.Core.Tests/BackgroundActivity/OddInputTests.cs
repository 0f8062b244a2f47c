using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>One small export in the spellings that people have: the same seven entries must get the same classes in each.</summary>
public sealed class OddInputTests : IDisposable
{
    private const string Expected = "in-request after-response after-response after-response idle-instance orphan";
    private const ulong Span = 0xBB3C_D684_8131_8547;
    private static readonly string T1 = new('a', 32);
    private static readonly string T2 = new('b', 32);

    private readonly string _folder = Directory.CreateTempSubdirectory("opsconsole-odd-").FullName;

    public static TheoryData<string> Fields => [.. FieldSpellings.Keys];

    public static TheoryData<string> Files => [.. FileSpellings.Keys];

    private static Dictionary<string, Action<JsonObject>> FieldSpellings => new(StringComparer.Ordinal)
    {
        ["as it is"] = static _ => { },
        ["nulls for what is absent"] = static e =>
        {
            foreach (var name in new[] { "trace", "spanId", "severity", "httpRequest", "jsonPayload", "operation" }.Where(name => !e.ContainsKey(name)))
            {
                e[name] = null;
            }
        },
        ["times of client libraries"] = static e => e["timestamp"] = Text(e, "timestamp").Replace("Z", "+00:00", StringComparison.Ordinal),
        ["times of another zone"] = static e => e["timestamp"] = DateTimeOffset.Parse(Text(e, "timestamp"), CultureInfo.InvariantCulture)
            .ToOffset(TimeSpan.FromMinutes(330)).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture),
        ["no log name"] = static e => e.Remove("logName"),
        ["a log name that is not encoded"] = static e => e["logName"] = Text(e, "logName").Replace("%2F", "/", StringComparison.Ordinal),
        ["no receipt"] = static e => e.Remove("receiveTimestamp"),
        ["no insertId"] = static e => e.Remove("insertId"),
        ["the trace alone, in capitals"] = static e =>
        {
            if (e.ContainsKey("trace"))
            {
                e["trace"] = Text(e, "trace")[^32..].ToUpperInvariant();
            }
        },
        ["a payload full of other people's fields"] = static e =>
        {
            if (e["textPayload"] is { } text)
            {
                e.Remove("textPayload");
                e["jsonPayload"] = new JsonObject
                {
                    ["message"] = text.DeepClone(),
                    ["trace"] = T2,
                    ["timestamp"] = "2020-01-01T00:00:00Z",
                    ["insertId"] = "x",
                    ["labels"] = new JsonObject { ["instanceId"] = "other" },
                    ["httpRequest"] = new JsonObject { ["latency"] = "9s" },
                };
            }
        },
        ["the request's method and address on all lines, as google-cloud-logging adds them"] = static e =>
        {
            if (!e.ContainsKey("httpRequest"))
            {
                e["httpRequest"] = new JsonObject { ["requestMethod"] = "GET", ["requestUrl"] = "https://svc.run.app/", ["userAgent"] = "curl/8", ["protocol"] = "HTTP/1.1" };
            }
        },
        ["unknown members"] = static e =>
        {
            e["internalMetadata"] = new JsonObject { ["entries"] = new JsonArray(1, "]}{") };
            e["writerEmailAddress"] = "a@b.example";
        },
    };

    private static Dictionary<string, Func<List<string>, byte[]>> FileSpellings => new(StringComparer.Ordinal)
    {
        ["newest first"] = static e => Utf8($"[{string.Join(",\n", Enumerable.Reverse(e))}]"),
        ["two arrays"] = static e => Utf8($"[{string.Join(',', e[..3])}]\n[{string.Join(',', e[3..])}]"),
        ["two pages of answers"] = static e => Utf8($"{{\"entries\":[{string.Join(',', e[..3])}],\"nextPageToken\":\"x\"}}\n{{\"nextPageToken\":\"\",\"entries\":[{string.Join(',', e[3..])}]}}"),
        ["an array of answers"] = static e => Utf8($"[{{\"entries\":[{string.Join(',', e[..3])}]}},{{\"entries\":[{string.Join(',', e[3..])}]}}]"),
        ["text between"] = static e => Utf8($"$ gcloud logging read\n{string.Join("\nand then\n", e)}\nend"),
        ["files put behind one another, each with a mark"] = static e => [.. Mark(string.Join('\n', e[..3]) + "\n"), .. Mark(string.Join('\n', e[3..]))],
        ["PowerShell"] = static e => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"[\r\n  {string.Join(",\r\n  ", e)}\r\n]\r\n")],
        ["UTF-16 without a mark"] = static e => Encoding.Unicode.GetBytes(string.Join('\n', e)),
        ["escaped keys"] = static e => Utf8(string.Join('\n', e).Replace("\"timestamp\"", "\"time\\u0073tamp\"", StringComparison.Ordinal)),
        ["every entry twice"] = static e => Utf8(string.Join('\n', e.Concat(e))),
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Fields))]
    public void Analyse_FieldsSpelledOtherwise_GivesTheSameClasses(string spelling)
    {
        var entries = Entries();
        entries.ForEach(FieldSpellings[spelling]);

        Assert.Equal(Expected, Classes(Utf8(string.Join('\n', entries.Select(e => e.ToJsonString())))));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Analyse_FileWrittenOtherwise_GivesTheSameClasses(string spelling) =>
        Assert.Equal(Expected, Classes(FileSpellings[spelling]([.. Entries().Select(e => e.ToJsonString())])));

    [Theory]
    [InlineData("cloud_run_job")]
    [InlineData("cloud_run_worker_pool")]
    [InlineData("cloud_function")]
    [InlineData("gae_app")]
    [InlineData("http_load_balancer")]
    public void Analyse_EntriesOfOtherProducts_AreCountedAndNotClassified(string type)
    {
        var other = Line(2, "not ours");
        other["resource"] = new JsonObject { ["type"] = type, ["labels"] = new JsonObject { ["job_name"] = "nightly" } };
        var path = Write(Utf8(string.Join('\n', Entries().Append(other).Select(e => e.ToJsonString()))));

        using var table = LogExportReader.Read([path], null, default);

        Assert.Equal((8L, 1L, 6), (table.Input.Entries, table.Input.OtherEntries, table.Lines.Count));
    }

    [Fact]
    public void Read_FolderWithJunk_UsesWhatIsAnExport()
    {
        File.WriteAllText(Path.Combine(_folder, "empty.json"), "");
        File.WriteAllText(Path.Combine(_folder, "none.json"), "[]\n");
        File.WriteAllText(Path.Combine(_folder, "README.md"), "# what this is\n");
        File.WriteAllBytes(Path.Combine(_folder, "picture.png"), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[300]]);
        File.WriteAllBytes(Path.Combine(_folder, "packed.zip"), [0x50, 0x4B, 3, 4, .. new byte[50]]);
        Directory.CreateDirectory(Path.Combine(_folder, "2026", "03"));
        File.WriteAllText(Path.Combine(_folder, "2026", "03", "02.json"), string.Join('\n', Entries().Select(e => e.ToJsonString())));

        using var table = LogExportReader.Read([_folder], null, default);

        Assert.Equal(7, table.Input.Entries);
        Assert.Equal(["README.md", "packed.zip", "picture.png"], table.Input.Skipped.Select(s => Path.GetFileName(s.File)).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>A request from second 1 to 1.5, a line in it, three after it, one that is nobody's, one of a request that is not there.</summary>
    private static List<JsonObject> Entries()
    {
        var request = Entry(1, "requests");
        request["insertId"] = "69a55fa10007a82800000001";
        request["httpRequest"] = new JsonObject { ["requestMethod"] = "GET", ["requestUrl"] = "https://svc.run.app/", ["status"] = 200, ["latency"] = "0.5s" };
        request["trace"] = $"projects/p/traces/{T1}";
        request["spanId"] = Span.ToString("x16", CultureInfo.InvariantCulture);
        return
        [
            request,
            Line(1.2, "in", ("trace", T1)),
            Line(3, "late", ("trace", $"projects/p/traces/{T1}")),
            Line(4, "decimal span", ("spanId", Span.ToString(CultureInfo.InvariantCulture))),
            Line(4.2, "hexadecimal span", ("spanId", Span.ToString("x16", CultureInfo.InvariantCulture))),
            Line(9, "idle"),
            Line(9.1, "orphan", ("trace", T2)),
        ];
    }

    private static JsonObject Line(double second, string text, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var line = Entry(second, "stdout");
        line["textPayload"] = text;
        foreach (var (name, value) in more)
        {
            line[name] = value;
        }

        return line;
    }

    private static JsonObject Entry(double second, string log) => new()
    {
        ["insertId"] = string.Create(CultureInfo.InvariantCulture, $"-id{second * 10:0}"),
        ["timestamp"] = Time(second),
        ["receiveTimestamp"] = Time(second + 0.7),
        ["logName"] = $"projects/p/logs/run.googleapis.com%2F{log}",
        ["labels"] = new JsonObject { ["instanceId"] = "00a1" },
        ["resource"] = new JsonObject
        {
            ["type"] = "cloud_run_revision",
            ["labels"] = new JsonObject { ["project_id"] = "p", ["location"] = "europe-west1", ["service_name"] = "svc", ["revision_name"] = "svc-00001-abc" },
        },
    };

    private static string Time(double second) =>
        new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc).AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string Text(JsonObject entry, string name) => (string)entry[name]!;

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Mark(string text) => [0xEF, 0xBB, 0xBF, .. Utf8(text)];

    private string Write(byte[] export)
    {
        var path = Path.Combine(_folder, "export.json");
        File.WriteAllBytes(path, export);
        return path;
    }

    /// <summary>In the order of time.</summary>
    private string Classes(byte[] export)
    {
        using var table = LogExportReader.Read([Write(export)], null, default);
        var analysis = Correlator.Analyse(table, new CorrelatorOptions(), CancellationToken.None);
        return string.Join(' ', Enumerable.Range(0, table.Lines.Count)
            .OrderBy(i => table.Lines[i].TimestampNs)
            .Select(i => analysis.Classes[i].Word()));
    }
}
