using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OpsConsole.Web.Tests.Consoles;

/// <summary>
/// An application that sends its events as docs/audit-trail.md asks: one id for ever, again after anything but an answer, to whichever console
/// takes it. What was answered with 200 or 201 is acknowledged and must not be lost.
/// </summary>
internal sealed class Application : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly Lock _lock = new();
    private readonly List<Task> _senders;
    private Uri[] _consoles;
    private volatile bool _stop;
    private int _next;

    /// <summary>Sends from now on.</summary>
    public Application(string token, int senders, params Uri[] consoles)
    {
        _consoles = consoles;

        // As a front end has it: no connection is kept to a console that is told to stop.
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(2), ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _senders = [.. Enumerable.Range(0, senders).Select(SendAsync)];
    }

    /// <summary>Ids that were acknowledged, with the console that did.</summary>
    public ConcurrentDictionary<string, Uri> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers that were neither an acknowledgement nor one that may be tried again.</summary>
    public ConcurrentQueue<string> Wrong { get; } = [];

    /// <summary>The consoles that there are now.</summary>
    public void SendTo(params Uri[] consoles)
    {
        lock (_lock)
        {
            _consoles = consoles;
        }
    }

    /// <summary>Waits until so many more were acknowledged by a console.</summary>
    public Task MoreAsync(int count, Uri by)
    {
        var before = Count(by);
        return Fleet.UntilAsync($"{count} more events at {by}", () => Task.FromResult(Count(by) >= before + count));
    }

    /// <summary>Stops when each sender has its last acknowledgement.</summary>
    public async Task StopAsync()
    {
        _stop = true;
        await Task.WhenAll(_senders).WaitAsync(TimeSpan.FromSeconds(90));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
    }

    private int Count(Uri by) => Acknowledged.Count(a => a.Value == by);

    private async Task SendAsync(int sender)
    {
        await Task.Yield();
        for (var number = 0; !_stop; number++)
        {
            var id = $"{sender}-{number}";
            for (var acknowledged = false; !acknowledged;)
            {
                Uri console;
                lock (_lock)
                {
                    console = _consoles[_next++ % _consoles.Length];
                }

                acknowledged = await TryAsync(console, id);
                if (!acknowledged)
                {
                    await Task.Delay(50);
                }
            }
        }
    }

    private async Task<bool> TryAsync(Uri console, string id)
    {
        using var body = new StringContent(
            $$"""{"id":"{{id}}","time":"2026-11-22T10:00:00Z","workspace":"billing","actor":{"type":"user","id":"maria@acme.example"},"action":"invoice.approve","outcome":"success"}""",
            Encoding.UTF8,
            "application/json");
        try
        {
            using var answer = await _http.PostAsync(new Uri(console, "/api/v1/audit/events"), body);
            if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK)
            {
                Acknowledged[id] = console;
                return true;
            }

            if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
            {
                Wrong.Enqueue($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Nobody there, or no answer: it may be recorded or not, and is sent again.
        }

        return false;
    }
}
