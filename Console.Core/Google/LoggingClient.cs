using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google.Wire;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Google;

/// <summary>Cloud Logging v2 entries:list over REST (https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list).</summary>
internal sealed class LoggingClient(GoogleConnection connection, GoogleTransport transport, TimeProvider time, ILogger<LoggingClient> logger) : ILogs
{
    /// <summary>Google sends no Retry-After with the quota's 429. The first wait; it doubles up to the quota's own minute.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(4);

    /// <summary>"It did not have time to search all": an empty page may come with the token that was sent. Not for ever.</summary>
    private const int MostRepeats = 5;

    /// <summary>Whatever Google or a proxy asks for: longer than this nobody here is held back without asking again.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly LogReadLimiter _limiter = new(connection.LogReadsPerMinute, time);

    public LogQuota Quota(string project) => _limiter.Quota(project);

    public async IAsyncEnumerable<LogPage> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var calls = 0;
        var refusals = 0;
        var repeats = 0;
        var body = new EntriesListWire
        {
            ResourceNames = [$"projects/{query.Project}"],
            Filter = query.Filter,
            OrderBy = query.NewestFirst ? "timestamp desc" : "timestamp asc",
            PageSize = Math.Clamp(query.PageSize, 1, 1000),
        };
        var call = new GoogleCall(
            HttpMethod.Post,
            new Uri(connection.LoggingBaseAddress, "v2/entries:list"),
            $"Cloud Logging of {query.Project}",
            "logging.logEntries.list",
            $"project {query.Project}")
        {
            Retries = 6,
            LongestRetryAfter = TimeSpan.FromMinutes(2),
            BeforeAttempt = async token =>
            {
                await _limiter.AcquireAsync(query.Project, token);
                calls++;
            },
            OnQuota = retryAfter => _limiter.Pause(
                query.Project, retryAfter is { } asked ? (asked < LongestPause ? asked : LongestPause) : TimeSpan.FromSeconds(Math.Min(60, FirstPause.TotalSeconds * Math.Pow(2, refusals++)))),
        };

        while (true)
        {
            var answer = await transport.SendAsync(
                call with { Body = JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Default.EntriesListWire) }, cancellationToken);
            if (answer.Error is not null)
            {
                yield return new LogPage([], calls, answer.Error);
                yield break;
            }

            var (entries, next, error) = Read(answer.Body, call.What);
            yield return new LogPage(entries, calls, error);
            if (error is not null || next.Length == 0)
            {
                yield break;
            }

            repeats = next == body.PageToken ? repeats + 1 : 0;
            if (repeats > MostRepeats || (repeats > 0 && entries.Count > 0))
            {
                yield return new LogPage([], calls, new CloudRunError.BadAnswer(call.What, "the answer goes round in circles: a page token came again and again."));
                yield break;
            }

            body.PageToken = next;
        }
    }

    private (IReadOnlyList<LogEntry> Entries, string Next, CloudRunError? Error) Read(ReadOnlyMemory<byte> body, string what)
    {
        ListPage page;
        try
        {
            page = ListPage.Read(body, "entries");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return ([], "", new CloudRunError.BadAnswer(what, $"{GoogleErrors.Describe(body)}."));
        }

        List<LogEntry> entries = new(page.Items.Count);
        var unreadable = 0;
        foreach (var slice in page.Items)
        {
            if (LogEntryReader.TryRead(slice, out var entry))
            {
                entries.Add(entry);
            }
            else
            {
                unreadable++;
            }
        }

        if (unreadable > 0)
        {
            Log.UnreadableEntries(logger, unreadable, page.Items.Count, what);
        }

        return (entries, page.NextPageToken, null);
    }
}
