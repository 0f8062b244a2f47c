using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Core.Tests.Logs;

/// <summary>Entries in the shapes of real exports, made from a seed.</summary>
internal sealed class EntryShapes(int seed)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Random _random = new(seed);

    public List<string> Make(int count) => [.. Enumerable.Range(0, count).Select(_ => One())];

    /// <summary>What gcloud prints: an array, two blanks deep.</summary>
    public static string PrettyArray(IEnumerable<string> entries) =>
        $"[\n{string.Join(",\n", entries.Select(entry => string.Join('\n', Pretty(entry).Split('\n').Select(line => "  " + line))))}\n]\n";

    /// <summary>One entry over several lines.</summary>
    public static string Pretty(string entry) => JsonNode.Parse(entry)!.ToJsonString(Indented).ReplaceLineEndings("\n");

    private string One()
    {
        var members = new List<(string Key, JsonNode? Value)>();
        var isRequest = _random.Next(4) == 0;
        var log = isRequest ? "run.googleapis.com%2Frequests" : Pick(
            "run.googleapis.com%2Fstdout", "run.googleapis.com%2Fstderr", "run.googleapis.com%2Fvarlog%2Fsystem",
            "run.googleapis.com%2F%2Fvar%2Flog%2Fsystem", "run.googleapis.com%2Fvar%2Flog%2Fapp.log", "my-app", "cloudaudit.googleapis.com%2Factivity");
        if (_random.Next(30) > 0)
        {
            members.Add(("logName", $"projects/p-1/logs/{log}"));
        }

        members.Add(("insertId", _random.Next(5) == 0 ? Pick("", "-6d3rvzdv4fy", "1abcdefg", "6951D2870005EF93EE656B6E", "ü\"\\") : Hex(24)));
        members.Add(("timestamp", Time()));
        if (_random.Next(4) > 0)
        {
            members.Add(("receiveTimestamp", Time()));
        }

        members.Add(("resource", new JsonObject
        {
            ["type"] = Pick("cloud_run_revision", "cloud_run_revision", "cloud_run_revision", "cloud_run_job"),
            ["labels"] = new JsonObject
            {
                ["project_id"] = "p-1",
                ["location"] = Pick("europe-west1", "us-central1"),
                ["service_name"] = $"svc-{_random.Next(3)}",
                ["revision_name"] = $"svc-0000{_random.Next(3)}",
            },
        }));
        if (_random.Next(10) > 0)
        {
            members.Add(("labels", Labels()));
        }

        if (_random.Next(3) == 0)
        {
            members.Add(("trace", (_random.Next(2) == 0 ? "projects/p-1/traces/" : "") + Hex(32)));
        }

        if (_random.Next(3) == 0)
        {
            members.Add(("spanId", Pick(Hex(16), _random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture), "", "xyz")));
        }

        if (_random.Next(3) == 0)
        {
            members.Add(("severity", Pick("INFO", "ERROR", "WARNING", "DEFAULT", "NOTICE", "CRITICAL", "UNHEARD")));
        }

        if (isRequest)
        {
            members.Add(("httpRequest", HttpRequest()));
        }

        if (_random.Next(isRequest ? 8 : 2) == 0)
        {
            members.Add(("textPayload", Text()));
        }
        else if (_random.Next(2) == 0)
        {
            members.Add(("jsonPayload", new JsonObject
            {
                ["message"] = Text(),
                ["nested"] = new JsonArray(1, -2.5e10, true, null, new JsonObject { ["a{"] = "}]", ["timestamp"] = "no" }, new JsonArray()),
                ["insertId"] = "not this one",
            }));
        }

        if (_random.Next(6) == 0)
        {
            members.Add((Pick("internalId", "errorGroups", "traceSampled", "operation", "a key of more than thirty-two characters, quite"), Pick("x", "y")));
        }

        return Write(members.OrderBy(_ => _random.Next()));
    }

    private static string Write(IEnumerable<(string Key, JsonNode? Value)> members)
    {
        var node = new JsonObject();
        foreach (var (key, value) in members)
        {
            node[key] = value;
        }

        return node.ToJsonString();
    }

    private JsonObject Labels()
    {
        var labels = new JsonObject();
        foreach (var name in new[] { "instanceId", "commit-sha", "managed-by", "run.googleapis.com/x" }.OrderBy(_ => _random.Next()).Take(_random.Next(1, 5)))
        {
            labels[name] = name == "instanceId" ? $"00{new string((char)('a' + _random.Next(5)), _random.Next(2, 180))}" : Pick("v", "", "1", "ä");
        }

        return labels;
    }

    private JsonObject HttpRequest()
    {
        var http = new JsonObject
        {
            ["requestMethod"] = Pick("GET", "POST"),
            ["requestUrl"] = "https://svc.run.app" + Pick("", "/", "/a/b?c=d", "?x", "/ü"),
            ["requestSize"] = "754",
            ["latency"] = Pick("0s", "0.355516564s", "60.369159188s", "3599.9s", "1.25s"),
        };
        if (_random.Next(5) > 0)
        {
            http["status"] = Pick(200, 404, 101, 500);
        }

        return http;
    }

    private string Text() => Pick(
        "hello", "", "quote \" backslash \\ slash / brace { bracket ] comma ,", "two\nlines\tand \u001b[32mcolour\u001b[0m",
        "Starting new instance. Reason: AUTOSCALING - x", "Container terminated on signal 9.",
        "Default STARTUP TCP probe succeeded after 1 attempt for container \"app\" on port 8080.", "Shutting down user disabled instance",
        "注文 🚀 ü", new string('\\', _random.Next(0, 70)) + "\"", new string('x', _random.Next(0, 300)), "ends with backslash \\");

    private string Time() =>
        $"2026-0{_random.Next(1, 10)}-1{_random.Next(10)}T0{_random.Next(10)}:{_random.Next(10, 60)}:{_random.Next(10, 60)}"
        + Pick("", ".1", ".123", ".018142", ".123456789", ".000000001") + Pick("Z", "Z", "Z", "+00:00", "+02:30", "-08:00");

    private string Hex(int digits)
    {
        var text = new StringBuilder();
        text.Append((char)('1' + _random.Next(7)));
        while (text.Length < digits)
        {
            text.Append("0123456789abcdef"[_random.Next(16)]);
        }

        return text.ToString();
    }

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
