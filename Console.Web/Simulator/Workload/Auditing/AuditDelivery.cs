using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace OpsConsole.Web.Simulator.Workload.Auditing;

/// <summary>
/// Brings committed records to a ledger: what was committed before the start in batches, what is committed from then on at its own time.
/// What the ledger cannot take now is sent again until it does: the event's id makes a second delivery harmless.
/// </summary>
internal sealed class AuditDelivery(AuditOutbox outbox, AuditLedger ledger, TimeProvider time) : IDisposable
{
    /// <summary>A ledger takes at most 1,000 events or 1 MiB at a time.</summary>
    private const int BatchEvents = 1000;
    private const int BatchBytes = 1_000_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private int taken;

    /// <summary>Events that the ledger has taken.</summary>
    public int Taken => taken;

    /// <summary>The last answer that was not a success; null when there was none.</summary>
    public string? Problem { get; private set; }

    /// <summary>Delivers until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(SendAsync(outbox.Take(Now()), cancellationToken), FollowAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The simulator stops.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private long Now() => SimTime.From(time.GetUtcNow());

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Look, time, cancellationToken);
            await SendAsync(outbox.Take(Now()), cancellationToken);
        }
    }

    private async Task SendAsync(List<AuditEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var source in entries.GroupBy(static e => e.Service, StringComparer.Ordinal))
        {
            if (!ledger.Tokens.TryGetValue(source.Key, out var token))
            {
                continue;
            }

            foreach (var batch in Batches(source))
            {
                await PostAsync(batch, token, cancellationToken);
            }
        }
    }

    private static IEnumerable<List<AuditEntry>> Batches(IEnumerable<AuditEntry> entries)
    {
        List<AuditEntry> batch = [];
        var bytes = 0;
        foreach (var entry in entries)
        {
            if (batch.Count == BatchEvents || (bytes + entry.Json.Length + 1 > BatchBytes && batch.Count > 0))
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }

            batch.Add(entry);
            bytes += entry.Json.Length + 1;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private async Task PostAsync(List<AuditEntry> batch, string token, CancellationToken cancellationToken)
    {
        byte[] body = [.. batch.SelectMany(static e => e.Json.Append((byte)'\n'))];
        for (var pause = TimeSpan.FromMilliseconds(250); ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            TimeSpan? asked = null;
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, ledger.Endpoint) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                using var answer = await http.SendAsync(request, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    Interlocked.Add(ref taken, batch.Count);
                    return;
                }

                var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                Problem = string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {text}");
                if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError))
                {
                    // It would be refused again, however often it is sent.
                    return;
                }

                asked = answer.Headers.RetryAfter?.Delta;
            }
            catch (HttpRequestException e)
            {
                Problem = e.Message;
            }
            catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                Problem = e.Message;
            }

            await Task.Delay(asked ?? pause, time, cancellationToken);
        }
    }
}
