using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OpsConsole.Benchmarks.Loading;

/// <summary>
/// Applications that send events at a rate of their own, whatever the console does: a request that is due is sent, and its time runs from when it was due.
/// </summary>
internal sealed class Flow : IDisposable
{
    // More than this under way at once is a console that does not keep up: what is due then is counted as lost, not piled up here.
    private const int MostUnderWay = 4096;
    private static readonly Uri Path = new("/api/v1/audit/events", UriKind.Relative);
    private readonly HttpClient[] _sources;
    private readonly Latencies _answers = new();
    private readonly Dictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private int _underWay;
    private long _numbers;

    /// <summary>One connection pool for each source.</summary>
    public Flow(Uri console, IEnumerable<string> secrets) => _sources = [.. secrets.Select(secret =>
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = console };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return http;
    })];

    /// <summary>Time of the answers, by how many events the request had.</summary>
    public Latencies Answers => _answers;

    /// <summary>Time of refusals.</summary>
    public Latencies Refusals { get; } = new();

    /// <summary>Events that were answered as recorded.</summary>
    public long Accepted { get; private set; }

    /// <summary>Refusals that did not say when to come again.</summary>
    public long WithoutRetryAfter { get; private set; }

    /// <summary>Requests by their outcome: a status, or what broke.</summary>
    public IReadOnlyDictionary<string, long> Outcomes => _outcomes;

    /// <summary>Sends <paramref name="perSecond"/> events a second in requests of these sizes, in turn, until the token ends it; then waits for the answers.</summary>
    public async Task RunAsync(double perSecond, int[] sizes, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var (sent, request, pending) = (0L, 0, new List<Task>());
        while (!cancellationToken.IsCancellationRequested)
        {
            while (sent < clock.Elapsed.TotalSeconds * perSecond)
            {
                var size = sizes[request % sizes.Length];
                var due = TimeSpan.FromSeconds(sent / perSecond);
                if (Interlocked.Increment(ref _underWay) > MostUnderWay)
                {
                    Interlocked.Decrement(ref _underWay);
                    Count("not sent: too many under way", size);
                }
                else
                {
                    pending.Add(SendAsync(_sources[request % _sources.Length], size, clock, due));
                }

                sent += size;
                request++;
            }

            if (pending.Count > MostUnderWay)
            {
                pending.RemoveAll(static t => t.IsCompleted);
            }

            await Task.Delay(5, CancellationToken.None);
        }

        await Task.WhenAll(pending);
    }

    /// <summary>Sends one event and waits until it is sealed; how long that took.</summary>
    public async Task<TimeSpan?> SealAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        using var content = Body(1);
        using var answer = await _sources[0].PostAsync(new Uri("/api/v1/audit/events?wait=sealed&timeout=30", UriKind.Relative), content, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Created)
        {
            lock (_lock)
            {
                Accepted++;
            }

            return Stopwatch.GetElapsedTime(began);
        }

        return null;
    }

    /// <inheritdoc />
    public void Dispose() => Array.ForEach(_sources, static s => s.Dispose());

    private async Task SendAsync(HttpClient source, int size, Stopwatch clock, TimeSpan due)
    {
        try
        {
            using var content = Body(size);
            using var answer = await source.PostAsync(Path, content);
            var took = clock.Elapsed - due;
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                _answers.Add(string.Create(CultureInfo.InvariantCulture, $"{size} a request"), took);
                lock (_lock)
                {
                    Accepted += size;
                }
            }
            else
            {
                Refusals.Add(string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode}"), took);
                if (answer.Headers.RetryAfter is null)
                {
                    lock (_lock)
                    {
                        WithoutRetryAfter++;
                    }
                }
            }

            Count(string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode}"), 1);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Count($"broken: {e.Message}", 1);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private void Count(string outcome, long many)
    {
        lock (_lock)
        {
            _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + many;
        }
    }

    // Events of about 300 bytes, as an application writes them.
    private ByteArrayContent Body(int size)
    {
        var text = new StringBuilder(size * 320);
        for (var i = 0; i < size; i++)
        {
            var number = Interlocked.Increment(ref _numbers);
            text.Append(CultureInfo.InvariantCulture, $$$"""
                {"id":"{{{_run}}}-{{{number}}}","time":"{{{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ss.ffffffZ}}}","workspace":"load-{{{number % 4}}}","actor":{"type":"user","id":"user{{{number % 200}}}@acme.example","ip":"192.0.2.7"},"action":"invoice.approve","outcome":"{{{(number % 50 == 0 ? "denied" : "success")}}}","resource":{"type":"invoice","id":"{{{number}}}"},"source":{"service":"billing"},"details":{"amount":"120.50","currency":"EUR"}}

                """);
        }

        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text.ToString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return content;
    }
}
