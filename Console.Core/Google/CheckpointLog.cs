using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Google;

/// <summary>
/// Checkpoints in Cloud Logging: entries:write over REST (https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/write). Each entry
/// has the checkpoint's time and an insertId of its own, so that writing it again makes no second entry.
/// </summary>
internal sealed class CheckpointLog(GoogleConnection connection, GoogleTransport transport, ILogs logs) : ICheckpointLog
{
    public async Task<CloudRunError?> WriteAsync(string logName, IReadOnlyList<CheckpointEntry> entries, CancellationToken cancellationToken)
    {
        var project = ProjectOf(logName);
        var body = new JsonObject
        {
            ["logName"] = logName,
            ["resource"] = new JsonObject { ["type"] = "global", ["labels"] = new JsonObject { ["project_id"] = project } },
            ["entries"] = new JsonArray([.. entries.Select(static e => (JsonNode)new JsonObject
            {
                ["timestamp"] = e.SignedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
                ["insertId"] = string.Create(CultureInfo.InvariantCulture, $"checkpoint-{e.Size}"),
                ["severity"] = "NOTICE",
                ["jsonPayload"] = new JsonObject
                {
                    ["message"] = string.Create(CultureInfo.InvariantCulture, $"Checkpoint of {e.Origin} over {e.Size} leaves."),
                    ["origin"] = e.Origin,
                    ["size"] = e.Size.ToString(CultureInfo.InvariantCulture),
                    ["checkpoint"] = e.Note,
                },
            })]),
        };

        // Safe to repeat, unlike other writes: the same ids and times.
        var call = new GoogleCall(
            HttpMethod.Post, new Uri(connection.LoggingBaseAddress, "v2/entries:write"), $"Cloud Logging of {project}", "logging.logEntries.create", logName)
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(body),
            Retries = 2,
        };
        var answer = await transport.SendAsync(call, cancellationToken);

        // {} when it is done. A page of a proxy with status 200 kept nothing.
        return answer.Error ?? (IsObject(answer.Body) ? null : new CloudRunError.BadAnswer(call.What, $"{GoogleErrors.Describe(answer.Body)}."));
    }

    public async Task<(IReadOnlyList<CheckpointEntry> Entries, bool IsAll, CloudRunError? Error)> ReadAsync(string logName, int most, CancellationToken cancellationToken)
    {
        var found = new List<CheckpointEntry>();
        var query = new LogQuery { Project = ProjectOf(logName), Filter = $"logName=\"{logName}\"", NewestFirst = true, PageSize = Math.Clamp(most, 1, 1000) };
        await foreach (var page in logs.ReadAsync(query, cancellationToken))
        {
            if (page.Error is { } error)
            {
                return (found, false, error);
            }

            foreach (var entry in page.Entries)
            {
                if (found.Count == most)
                {
                    return (found, false, null);
                }

                if (Read(entry) is { } checkpoint)
                {
                    found.Add(checkpoint);
                }
            }
        }

        return (found, true, null);
    }

    private static bool IsObject(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && !json.RootElement.TryGetProperty("error", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string ProjectOf(string logName) => logName.Split('/')[1];

    private static CheckpointEntry? Read(LogEntry entry)
    {
        using var json = JsonDocument.Parse(entry.RawJson);
        return json.RootElement.TryGetProperty("jsonPayload", out var payload) && payload.ValueKind == JsonValueKind.Object
            && Text(payload, "checkpoint") is { } note
            ? new CheckpointEntry(
                Text(payload, "origin") ?? "", long.TryParse(Text(payload, "size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0, note, entry.Timestamp)
            : null;
    }

    private static string? Text(JsonElement payload, string name) => payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
