using System.Text;
using System.Text.Json;
using OpsConsole.Testing.BackgroundActivity;
using OpsConsole.Web.Commands;
using OpsConsole.Web.Commands.Correlate;

namespace OpsConsole.Web.Tests.Commands;

/// <summary>The fixed interface of <c>correlate</c>, through the real reader and real files.</summary>
public sealed class CorrelateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("correlate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_Json_PrintsExactlyTheFixedShape()
    {
        var file = Write("export.ndjson", World().ToNdjson() + "{\"broken\n");

        var (exit, output, errors) = Run(file, format: "json", settings: Settings("true"));

        Assert.Equal((0, ""), (exit, errors));
        Assert.Equal(
            """
            {
              "input": {
                "files": 1,
                "bytes": BYTES,
                "entries": 8,
                "requests": 3,
                "skippedLines": [
                  {
                    "file": "FILE",
                    "line": 9,
                    "reason": "REASON"
                  }
                ],
                "requestTimestamp": "start",
                "toleranceMs": {
                  "min": 20,
                  "median": 20,
                  "max": 20
                }
              },
              "revisions": [
                {
                  "project": "acme-prod",
                  "location": "europe-west1",
                  "service": "checkout",
                  "revision": "checkout-00007-abc",
                  "requests": 2,
                  "requestsWithAfterResponse": 1,
                  "afterResponseEntries": 1,
                  "resumedEntries": 0,
                  "idleInstanceEntries": 1,
                  "unattributedEntries": 1,
                  "maxTailSeconds": 2.5,
                  "p95TailSeconds": 2.5,
                  "verdict": "at risk"
                }
              ],
              "classes": {
                "in-request": 1,
                "boundary": 0,
                "after-response": 1,
                "resumed": 0,
                "idle-instance": 1,
                "unattributed": 1,
                "startup": 0,
                "shutdown": 0,
                "orphan": 0,
                "platform": 1
              }
            }

            """.ReplaceLineEndings("\n").Replace("BYTES", $"{new FileInfo(file).Length}", StringComparison.Ordinal),
            WithoutReason(output));
    }

    [Fact]
    public void Run_Classified_WritesOneLineForEachContainerAndPlatformEntryInInputOrder()
    {
        var world = World();
        var file = Write("export.ndjson", world.ToNdjson());
        var classified = Path.Combine(_folder, "out.ndjson");

        var (exit, _, _) = Run(file, format: "json", classified: classified);

        Assert.Equal(0, exit);
        var request = world.Requests[0].InsertId;
        Assert.Equal(
            [
                $$"""{"insertId":"{{world.Lines[0].InsertId}}","class":"platform","request":null,"tailSeconds":null,"probableRequest":null}""",
                $$"""{"insertId":"{{world.Lines[1].InsertId}}","class":"in-request","request":"{{request}}","tailSeconds":null,"probableRequest":null}""",
                $$"""{"insertId":"{{world.Lines[2].InsertId}}","class":"after-response","request":"{{request}}","tailSeconds":2.5,"probableRequest":null}""",
                $$"""{"insertId":"{{world.Lines[3].InsertId}}","class":"idle-instance","request":null,"tailSeconds":null,"probableRequest":"{{world.Requests[1].InsertId}}"}""",
                """{"insertId":"free \u0022form\u0022","class":"unattributed","request":null,"tailSeconds":null,"probableRequest":null}""",
            ],
            File.ReadAllLines(classified));
    }

    [Theory]
    [InlineData("true", "at risk")]
    [InlineData("false", "has CPU")]
    public void Run_Settings_DecideTheVerdict(string cpuIdle, string verdict)
    {
        var file = Write("export.ndjson", World().ToNdjson());

        var (_, output, _) = Run(file, format: "json", settings: Settings(cpuIdle));

        Assert.Equal(verdict, Verdict(output));
    }

    [Theory]
    [InlineData("""[{"metadata":{"name":"checkout-00007-abc","namespace":"123456789012","labels":{"serving.knative.dev/service":"checkout","cloud.googleapis.com/location":"europe-west1"},"annotations":{"run.googleapis.com/cpu-throttling":"False"}}}]""", "has CPU")]
    [InlineData("""[{"metadata":{"name":"checkout-00007-abc","namespace":"123456789012","labels":{"serving.knative.dev/service":"checkout"}}}]""", "at risk")]
    [InlineData("""[{"name":"projects/acme-prod/locations/europe-west1/services/checkout/revisions/checkout-00007-abc","containers":[{"resources":{"limits":{"cpu":"1"}}}]}]""", "has CPU")]
    [InlineData("""{"revisions":[{"name":"projects/123456789012/locations/europe-west1/services/checkout/revisions/checkout-00007-abc","containers":[{"resources":{}},{"ports":[{"containerPort":8080}],"resources":{"cpuIdle":true}}]}]}""", "at risk")]
    public void Run_SettingsInEveryShape_AreUnderstood(string json, string verdict)
    {
        var file = Write("export.ndjson", World().ToNdjson());

        var (_, output, _) = Run(file, format: "json", settings: Write("settings.json", json));

        Assert.Equal(verdict, Verdict(output));
    }

    [Fact]
    public void Run_Table_SaysTheVerdictInWords()
    {
        var (exit, output, _) = Run(Write("export.ndjson", World().ToNdjson()), format: null, settings: Settings("true"));

        Assert.Equal(0, exit);
        Assert.Contains("1 of 2 requests went on working after its response, for up to 2.5 s", output, StringComparison.Ordinal);
        Assert.Contains("at risk", output, StringComparison.Ordinal);
        Assert.Contains("audit commit <*>", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xml", null, null, "--format 'xml' is not known. Legal: table, json.")]
    [InlineData("", null, null, "--format (nothing) is not known. Legal: table, json.")]
    [InlineData(null, "50", null, "--tolerance '50' is not a duration. Legal: auto, or 0ms to 60s, such as 50ms or 0.2s.")]
    [InlineData(null, "-5ms", null, "--tolerance '-5ms' is not a duration.")]
    [InlineData(null, null, "middle", "--request-timestamp 'middle' is not known. Legal: auto, start, end.")]
    public void Run_BadArgument_NamesOptionValueAndLegalValues(string? format, string? tolerance, string? timestamp, string message)
    {
        var (exit, output, errors) = Run(new RawArguments(["x.json"], format, null, tolerance, timestamp, null));

        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "not JSON")]
    [InlineData("{}", "no revision in it")]
    public void Run_SettingsThatAreNoRevisions_AreRefused(string text, string message)
    {
        var (exit, _, errors) = Run(new RawArguments(["x.json"], null, null, null, null, Write("settings.json", text)));

        Assert.Equal(2, exit);
        Assert.Contains("--settings", errors, StringComparison.Ordinal);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoInputOrUnknownOption_IsUnusable()
    {
        Assert.Equal(2, Run(new RawArguments([], null, null, null, null, null)).Exit);
        Assert.Contains("unknown option --fromat", Run(new RawArguments(["--fromat"], null, null, null, null, null)).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingFileOrNoEntries_IsUnusableAndSaysSo()
    {
        Assert.Equal(2, Run(Path.Combine(_folder, "missing.json"), "json").Exit);
        var (exit, output, errors) = Run(Write("empty.json", "[]"), "json");

        Assert.Equal((2, ""), (exit, output));
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void Run_ForcedToleranceAndConvention_AreUsedAndSaid()
    {
        var file = Write("export.ndjson", World().ToNdjson());

        var (_, output, _) = Run(new RawArguments([file], "json", null, "3s", "end", null));

        using var json = JsonDocument.Parse(output);
        var input = json.RootElement.GetProperty("input");
        Assert.Equal("end", input.GetProperty("requestTimestamp").GetString());
        Assert.Equal(3000, input.GetProperty("toleranceMs").GetProperty("min").GetDouble());
    }

    private static LogWorld World()
    {
        var world = new LogWorld();
        world.Platform("i1", 0.5, Core.Logs.PlatformMessage.StartupProbeSucceeded);
        world.Request("i1", 1, 0.5, LogWorld.Trace(1));
        world.Line("i1", 1.2, "order stored", LogWorld.Trace(1));
        world.Line("i1", 4.0018, "audit commit 17", LogWorld.Trace(1));
        world.Request("i1", 60, 0.5);
        world.Line("i1", 62, "cache warmed");
        world.Add(new WorldLine { At = 63, InsertId = "free \"form\"" });
        world.Add(new WorldRequest { At = 70, Latency = 0, Received = 70.1, Status = 429, Text = "The request was aborted because there was no available instance." });
        return world;
    }

    private static string WithoutReason(string output)
    {
        var lines = output.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var colon = lines[i].IndexOf(": \"", StringComparison.Ordinal);
            var name = lines[i].Trim();
            if (name.StartsWith("\"reason\"", StringComparison.Ordinal))
            {
                lines[i] = lines[i][..colon] + ": \"REASON\"";
            }
            else if (name.StartsWith("\"file\"", StringComparison.Ordinal))
            {
                lines[i] = lines[i][..colon] + ": \"FILE\",";
            }
        }

        return string.Join('\n', lines);
    }

    private static string? Verdict(string output)
    {
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("revisions")[0].GetProperty("verdict").GetString();
    }

    private static (int Exit, string Output, string Errors) Run(RawArguments arguments)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var exit = CorrelateCommand.Run(arguments, () => output, errors, isTerminal: false, CancellationToken.None);
        return (exit, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    private static (int Exit, string Output, string Errors) Run(string file, string? format, string? classified = null, string? settings = null) =>
        Run(new RawArguments([file], format, classified, null, null, settings));

    private string Settings(string cpuIdle) => Write(
        "revisions.json",
        $$$"""{"revisions":[{"name":"projects/acme-prod/locations/europe-west1/services/checkout/revisions/checkout-00007-abc","containers":[{"resources":{"cpuIdle":{{{cpuIdle}}}}}]}]}""");

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
