using System.Text;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.Logging;

/// <summary>entries:write. What the request says of all entries (log, resource, labels) fills what an entry leaves out.</summary>
internal sealed class EntriesWrite(LogStore store, TimeProvider time, LoggingOptions options)
{
    /// <summary>"Log entry size: 256 KB".</summary>
    private const int MaximumEntryBytes = 256 * 1024;

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "logName", "log_name", "resource", "labels", "entries", "partialSuccess", "partial_success", "dryRun", "dry_run",
    };

    public IResult Answer(JsonObject body)
    {
        if (body.FirstOrDefault(f => !Known.Contains(f.Key)) is { Key: { } unknown })
        {
            return ApiError.UnknownField(unknown).ToResult();
        }

        if (body["entries"] is not JsonArray { Count: > 0 } entries)
        {
            return ApiError.InvalidArgument("No entries were specified in the request.").ToResult();
        }

        var now = EntryTime.Print(EntryTime.FromDateTimeOffset(time.GetUtcNow()));
        var ready = new List<LogRecord>();
        foreach (var node in entries)
        {
            if (node is not JsonObject original)
            {
                return ApiError.InvalidArgument("Invalid value at 'entries' (type.googleapis.com/google.logging.v2.LogEntry)").ToResult();
            }

            var entry = (JsonObject)original.DeepClone();
            entry["receiveTimestamp"] = now;
            Fill(entry, body);
            if (Check(entry) is { } error)
            {
                return error.ToResult();
            }

            try
            {
                ready.Add(LogRecordReader.Read(entry, 0, store.NewInsertId));
            }
            catch (FormatException e)
            {
                return ApiError.InvalidArgument(e.Message).ToResult();
            }
        }

        if (!IsTrue(body["dryRun"]) && !IsTrue(body["dry_run"]))
        {
            ready.ForEach(store.Write);
        }

        return Results.Text("{}\n", "application/json; charset=UTF-8");
    }

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var yes) && yes;

    private static void Fill(JsonObject entry, JsonObject body)
    {
        entry["logName"] ??= (body["logName"] ?? body["log_name"])?.DeepClone();
        entry["resource"] ??= body["resource"]?.DeepClone();
        if (body["labels"] is not JsonObject common)
        {
            return;
        }

        var labels = entry["labels"] as JsonObject ?? [];
        foreach (var (key, value) in common)
        {
            labels[key] ??= value?.DeepClone();
        }

        entry["labels"] = labels;
    }

    private ApiError? Check(JsonObject entry)
    {
        if (entry["logName"]?.ToString() is not { } name)
        {
            return ApiError.InvalidArgument("Log name is not specified.");
        }

        var parts = name.Split('/');
        if (parts is not [_, _, "logs", { Length: > 0 and <= 511 }])
        {
            return ApiError.InvalidArgument($"Log name '{name}' is invalid. Expected projects/[PROJECT_ID]/logs/[LOG_ID] with [LOG_ID] URL-encoded.");
        }

        if (parts[0] != "projects" || (parts[1] != options.Project && parts[1] != options.ProjectNumber))
        {
            return ApiError.PermissionDenied("logging.logEntries.create");
        }

        if (entry["resource"] is not JsonObject resource || resource["type"] is null)
        {
            return ApiError.InvalidArgument("Log entry has no monitored resource: resource.type is required.");
        }

        var size = Encoding.UTF8.GetByteCount(entry.ToJsonString());
        return size > MaximumEntryBytes
            ? ApiError.InvalidArgument($"Log entry with size {size / 1024.0:0.0}K exceeds maximum size of 256.0K")
            : null;
    }
}
