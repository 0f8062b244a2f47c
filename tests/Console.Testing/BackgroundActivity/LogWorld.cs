using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Core.Logs;

namespace OpsConsole.Testing.BackgroundActivity;

/// <summary>
/// Builds small log exports in seconds instead of timestamps, as a <see cref="LogTable"/> (rows made here, independently of the
/// reader) or as NDJSON. Entries keep the order in which they were added.
/// </summary>
public sealed class LogWorld
{
    /// <summary>Second 0.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private const string Project = "acme-prod";
    private const string Location = "europe-west1";
    private readonly List<object> _entries = [];
    private int _serial;

    /// <summary>All entries, in the order of adding.</summary>
    public IReadOnlyList<object> Entries => _entries;

    public List<WorldRequest> Requests { get; } = [];

    public List<WorldLine> Lines { get; } = [];

    /// <summary>A 32-digit trace id from a small number.</summary>
    public static string Trace(int number) => (0xA000_0000L + number).ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Adds a request with a write time 1.8 ms (the real median) after its end, and returns its number.</summary>
    public int Request(string? instance, double start, double latency, string? trace = null, ulong span = 0, string route = "GET /") =>
        Add(new WorldRequest
        {
            Instance = instance,
            At = start,
            Latency = latency,
            Trace = trace,
            Span = span,
            Route = route,
            Written = start + latency + 0.0018,
            Received = start + latency + 0.2,
        });

    /// <summary>Adds any request entry.</summary>
    public int Add(WorldRequest request)
    {
        var id = request.Written is { } written ? HexId(written) : $"r-{_serial++}";
        request = request with { InsertId = request.InsertId.Length > 0 ? request.InsertId : id };
        Requests.Add(request);
        _entries.Add(request);
        return Requests.Count - 1;
    }

    /// <summary>Adds a stdout line and returns its number.</summary>
    public int Line(string? instance, double at, string text = "work", string? trace = null, ulong span = 0, string? access = null) =>
        Add(new WorldLine { Instance = instance, At = at, Text = text, Trace = trace, Span = span, Access = access });

    /// <summary>Adds a platform line.</summary>
    public int Platform(string? instance, double at, PlatformMessage message) =>
        Add(new WorldLine { Instance = instance, At = at, Text = TextOf(message), Platform = message });

    /// <summary>Adds any line.</summary>
    public int Add(WorldLine line)
    {
        line = line with { InsertId = line.InsertId.Length > 0 ? line.InsertId : HexId(line.At) };
        Lines.Add(line);
        _entries.Add(line);
        return Lines.Count - 1;
    }

    /// <summary>The same entries in another order, and spread over files.</summary>
    public LogWorld Reordered(IEnumerable<int> order, int files, Random random)
    {
        var world = new LogWorld();
        foreach (var i in order)
        {
            if (_entries[i] is WorldRequest request)
            {
                world.Add(request with { File = random.Next(files) });
            }
            else
            {
                world.Add((WorldLine)_entries[i] with { File = random.Next(files) });
            }
        }

        return world;
    }

    /// <summary>Nanoseconds since the Unix epoch of a second of this world, to whole microseconds.</summary>
    public static long Ns(double second) => (Epoch.ToUnixTimeSeconds() * 1_000_000_000) + (Micros(second) * 1000);

    /// <summary>The table, with its rows made here.</summary>
    public LogTable ToTable()
    {
        var tables = new Names();
        var requests = new RowStore<RequestRow>();
        var lines = new RowStore<LineRow>();
        var texts = new List<byte[]>();
        foreach (var entry in _entries)
        {
            texts.Add(Encoding.UTF8.GetBytes(Json(entry).ToJsonString()));
            if (entry is WorldRequest request)
            {
                requests.Append([Row(request, texts.Count - 1, tables)]);
            }
            else
            {
                lines.Append([Row((WorldLine)entry, texts.Count - 1, tables)]);
            }
        }

        var sources = new List<ILogSource>();
        var files = _entries.Count == 0 ? 1 : _entries.Max(FileOf) + 1;
        for (var i = 0; i < files; i++)
        {
            sources.Add(new Texts(texts));
        }

        return new LogTable(
            requests, lines, tables.TraceSpans, tables.Revisions, tables.Instances, tables.SideIds, sources, new LogInput { Files = files, Entries = _entries.Count });
    }

    /// <summary>One JSON object a line, as a log sink writes them.</summary>
    public string ToNdjson()
    {
        var text = new StringBuilder();
        foreach (var entry in _entries)
        {
            text.Append(Json(entry).ToJsonString()).Append('\n');
        }

        return text.ToString();
    }

    private static int FileOf(object entry) => entry is WorldRequest request ? request.File : ((WorldLine)entry).File;

    private static long Micros(double second) => (long)Math.Round(second * 1e6);

    private static string Rfc3339(double second) =>
        Epoch.AddTicks(Micros(second) * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static string TextOf(PlatformMessage message) => message switch
    {
        PlatformMessage.Starting => "Starting new instance. Reason: AUTOSCALING - Instance started due to configured scaling factors (e.g. CPU utilization, request throughput, etc.) or no existing capacity for current traffic.",
        PlatformMessage.StartupProbeSucceeded => "Default STARTUP TCP probe succeeded after 1 attempt for container \"worker\" on port 8080.",
        PlatformMessage.ShuttingDown => "Shutting down user disabled instance",
        PlatformMessage.TerminatedOnSignal => "Container terminated on signal 9.",
        PlatformMessage.MemoryLimitExceeded => "Memory limit of 512 MiB exceeded with 517 MiB used. Consider increasing the memory limit, see https://cloud.google.com/run/docs/configuring/memory-limits",
        PlatformMessage.CalledExit => "Container called exit(3).",
        _ => "Container sandbox: message",
    };

    private static JsonObject Json(object entry)
    {
        var json = new JsonObject();
        var request = entry as WorldRequest;
        var line = entry as WorldLine;
        json["insertId"] = request?.InsertId ?? line!.InsertId;
        json["timestamp"] = Rfc3339(request?.At ?? line!.At);
        json["resource"] = new JsonObject
        {
            ["type"] = "cloud_run_revision",
            ["labels"] = new JsonObject
            {
                ["project_id"] = Project,
                ["location"] = Location,
                ["service_name"] = ServiceOf(request?.Revision ?? line!.Revision),
                ["revision_name"] = request?.Revision ?? line!.Revision,
            },
        };
        if ((request?.Instance ?? line?.Instance) is { } instance)
        {
            json["labels"] = new JsonObject { ["instanceId"] = instance };
        }

        if ((request?.Trace ?? line?.Trace) is { } trace)
        {
            json["trace"] = $"projects/{Project}/traces/{trace}";
        }

        if (request is not null)
        {
            AddRequest(json, request);
        }
        else
        {
            AddLine(json, line!);
        }

        return json;
    }

    private static void AddRequest(JsonObject json, WorldRequest request)
    {
        var (method, path) = Split(request.Route);
        json["logName"] = $"projects/{Project}/logs/run.googleapis.com%2Frequests";
        var http = new JsonObject
        {
            ["requestMethod"] = method,
            ["requestUrl"] = $"https://checkout-123456789012.{Location}.run.app{path}",
            ["status"] = request.Status,
        };
        if (request.Latency is { } latency)
        {
            http["latency"] = latency.ToString("0.#########", CultureInfo.InvariantCulture) + "s";
        }

        json["httpRequest"] = http;
        if (request.Span != 0)
        {
            json["spanId"] = request.Span.ToString("x16", CultureInfo.InvariantCulture);
        }

        if (request.Received is { } received)
        {
            json["receiveTimestamp"] = Rfc3339(received);
        }

        if (request.Text is { } text)
        {
            json["textPayload"] = text;
        }
    }

    private static void AddLine(JsonObject json, WorldLine line)
    {
        json["logName"] = $"projects/{Project}/logs/run.googleapis.com%2F" + (line.Platform == PlatformMessage.None ? "stdout" : "varlog%2Fsystem");
        json["receiveTimestamp"] = Rfc3339(line.At + 0.2);
        json["textPayload"] = line.Access is { } access ? $"INFO:     169.254.169.126:4077 - \"{access} HTTP/1.1\" 200 OK" : line.Text;
        if (line.Span != 0)
        {
            // In decimal, as the functions framework writes it.
            json["spanId"] = line.Span.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static string ServiceOf(string revision)
    {
        var parts = revision.Split('-');
        return parts.Length < 3 ? revision : string.Join('-', parts[..^2]);
    }

    private static (string Method, string Path) Split(string route)
    {
        var space = route.IndexOf(' ', StringComparison.Ordinal);
        return (route[..space], route[(space + 1)..]);
    }

    private static uint Hash(string route)
    {
        var (method, path) = Split(route);
        return RouteHash.Of(Encoding.UTF8.GetBytes(method), Encoding.UTF8.GetBytes(path));
    }

    private static RequestRow Row(WorldRequest r, int text, Names names) => new()
    {
        TimestampNs = Ns(r.At),
        LatencyNs = r.Latency is { } latency ? (long)Math.Round(latency * 1e9) : -1,
        ReceiveNs = r.Received is { } received ? Ns(received) : 0,
        SpanId = r.Span,
        TraceHigh = names.High(r.Trace),
        TraceLow = names.Low(r.Trace),
        InsertId = names.IdOf(r.InsertId),
        Ref = EntryRef.Of(r.File, text),
        Instance = names.InstanceOf(r.Instance),
        Revision = names.RevisionOf(r.Revision),
        RouteHash = Hash(r.Route),
        Status = (ushort)r.Status,
        Flags = (r.Text is null ? RequestFlags.None : RequestFlags.HasText) | (r.Status == 101 ? RequestFlags.WebSocket : RequestFlags.None),
    };

    private static LineRow Row(WorldLine l, int text, Names names) => new()
    {
        TimestampNs = Ns(l.At),
        TraceSpan = names.NumberOf(new TraceSpan(names.High(l.Trace), names.Low(l.Trace), l.Span)),
        InsertId = names.IdOf(l.InsertId),
        Ref = EntryRef.Of(l.File, text),
        Instance = names.InstanceOf(l.Instance),
        Revision = names.RevisionOf(l.Revision),
        AccessRouteHash = l.Access is { } access ? Hash(access) : 0,
        Kind = l.Platform == PlatformMessage.None ? LineKind.Stdout : LineKind.Platform,
        Platform = l.Platform,
    };

    private string HexId(double second)
    {
        var micros = (Epoch.ToUnixTimeSeconds() * 1_000_000) + Micros(second);
        return string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000_000:x8}{micros % 1_000_000:x8}{_serial++:x8}");
    }

    private sealed class Names
    {
        public RowStore<TraceSpan> TraceSpans { get; } = NoneYet();

        public List<RevisionKey> Revisions { get; } = [];

        public List<string> Instances { get; } = [];

        public List<string> SideIds { get; } = [];

        public int NumberOf(TraceSpan value)
        {
            if (value == default)
            {
                return 0;
            }

            TraceSpans.Append([value]);
            return TraceSpans.Count - 1;
        }

        public int RevisionOf(string name)
        {
            var key = new RevisionKey(Project, Location, ServiceOf(name), name);
            var at = Revisions.IndexOf(key);
            if (at < 0)
            {
                Revisions.Add(key);
                at = Revisions.Count - 1;
            }

            return at;
        }

        public int InstanceOf(string? name)
        {
            if (name is null)
            {
                return -1;
            }

            var at = Instances.IndexOf(name);
            if (at < 0)
            {
                Instances.Add(name);
                at = Instances.Count - 1;
            }

            return at;
        }

        public InsertId IdOf(string text)
        {
            if (text.Length == 24)
            {
                return new InsertId(
                    ulong.Parse(text.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                    uint.Parse(text.AsSpan(16), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }

            SideIds.Add(text);
            return new InsertId((1UL << 63) | (uint)(SideIds.Count - 1), 0);
        }

        private static RowStore<TraceSpan> NoneYet()
        {
            var store = new RowStore<TraceSpan>();
            store.Append([default]);
            return store;
        }

        public ulong High(string? trace) => trace is null ? 0 : ulong.Parse(trace.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        public ulong Low(string? trace) => trace is null ? 0 : ulong.Parse(trace.AsSpan(16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private sealed class Texts(List<byte[]> texts) : ILogSource
    {
        public ReadOnlyMemory<byte> ReadEntry(long offset) => texts[(int)offset];

        public void Dispose()
        {
        }
    }
}
