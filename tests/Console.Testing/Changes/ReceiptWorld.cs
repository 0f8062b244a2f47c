using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.Logs;

namespace OpsConsole.Testing.Changes;

/// <summary>Log entries around a change, as entries:list gives them: requests, instance starts, lines after the response.</summary>
public sealed class ReceiptWorld(string project = "acme-prod", string region = "europe-west1", string service = "checkout")
{
    private readonly List<JsonObject> _entries = [];

    /// <summary>Everything added, in order.</summary>
    public IReadOnlyList<JsonObject> Json => _entries;

    /// <summary>The same as the port gives it.</summary>
    public IReadOnlyList<LogEntry> Entries =>
        [.. _entries.Select(static e => LogEntryReader.TryRead(JsonSerializer.SerializeToUtf8Bytes(e), out var entry) ? entry : throw new FormatException(e.ToJsonString()))];

    /// <summary>The same as bytes.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Raw => Entries.Select(static e => e.RawJson);

    /// <summary>A request.</summary>
    /// <param name="revision">Short name.</param>
    /// <param name="instance">Id; null for one that no instance took.</param>
    /// <param name="at">When it began.</param>
    /// <param name="milliseconds">Latency.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="trace">32 hexadecimal digits; null leaves it out.</param>
    public ReceiptWorld Request(string revision, string? instance, DateTimeOffset at, double milliseconds = 100, int status = 200, string? trace = null)
    {
        var entry = Entry(revision, instance, "requests", at, trace);
        entry["httpRequest"] = new JsonObject
        {
            ["requestMethod"] = "GET",
            ["requestUrl"] = "https://checkout.example/cart",
            ["status"] = status,
            ["latency"] = (milliseconds / 1000).ToString("0.000000000", CultureInfo.InvariantCulture) + "s",
        };
        if (instance is null)
        {
            entry["httpRequest"]!["latency"] = "0s";
            entry["textPayload"] = "The request was aborted because there was no available instance.";
        }

        entry["receiveTimestamp"] = Text(at.AddMilliseconds(milliseconds + 200));
        _entries.Add(entry);
        return this;
    }

    /// <summary>Many requests, spread evenly.</summary>
    public ReceiptWorld Requests(string revision, string? instance, DateTimeOffset from, TimeSpan over, int count, double milliseconds = 100, int status = 200)
    {
        for (var i = 0; i < count; i++)
        {
            Request(revision, instance, from + (over * ((i + 0.5) / count)), milliseconds, status);
        }

        return this;
    }

    /// <summary>An instance that starts, and is ready so many seconds later.</summary>
    public ReceiptWorld Start(string revision, string instance, DateTimeOffset at, double seconds)
    {
        Platform(revision, instance, at, "Starting new instance. Reason: AUTOSCALING - Instance started due to configured scaling factors (e.g. CPU utilization, request throughput, etc.) or no existing capacity for current traffic.");
        return Platform(revision, instance, at.AddSeconds(seconds), "Default STARTUP TCP probe succeeded after 1 attempt for container \"web\" on port 8080.");
    }

    /// <summary>A line of the container.</summary>
    public ReceiptWorld Line(string revision, string instance, DateTimeOffset at, string? trace = null)
    {
        var entry = Entry(revision, instance, "stdout", at, trace);
        entry["textPayload"] = "audit record written";
        _entries.Add(entry);
        return this;
    }

    private ReceiptWorld Platform(string revision, string instance, DateTimeOffset at, string text)
    {
        var entry = Entry(revision, instance, "varlog%2Fsystem", at);
        entry["textPayload"] = text;
        _entries.Add(entry);
        return this;
    }

    private JsonObject Entry(string revision, string? instance, string log, DateTimeOffset at, string? trace = null)
    {
        var entry = Bare(revision, instance, log, at);
        if (trace is not null)
        {
            entry["trace"] = $"projects/{project}/traces/{trace}";
        }

        return entry;
    }

    private JsonObject Bare(string revision, string? instance, string log, DateTimeOffset at) => new()
    {
        ["insertId"] = string.Create(CultureInfo.InvariantCulture, $"i{_entries.Count:x8}"),
        ["logName"] = $"projects/{project}/logs/run.googleapis.com%2F{log}",
        ["timestamp"] = Text(at),
        ["receiveTimestamp"] = Text(at.AddMilliseconds(300)),
        ["resource"] = new JsonObject
        {
            ["type"] = "cloud_run_revision",
            ["labels"] = new JsonObject { ["project_id"] = project, ["location"] = region, ["service_name"] = service, ["revision_name"] = revision, ["configuration_name"] = service },
        },
        ["labels"] = instance is null ? [] : new JsonObject { ["instanceId"] = instance },
    };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
