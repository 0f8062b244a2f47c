using Microsoft.JSInterop;

namespace OpsConsole.Web.Controls;

/// <summary>The zone that the person at this circuit chose (kept in the browser), and the tick of relative times.</summary>
public sealed class ViewerClock(TimeProvider time, IJSRuntime js) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);

    private ITimer? _timer;

    /// <summary>Raised when <see cref="Current"/> is a new value; on any thread.</summary>
    public event Action? Changed;

    /// <summary>Zone of the browser; UTC until the browser told, and where this server does not know the zone.</summary>
    public TimeZoneInfo Local { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>Now, in the chosen zone.</summary>
    public Clock Current { get; private set; } = new(time.GetUtcNow(), TimeZoneInfo.Utc);

    /// <summary>Asks the browser for its zone and the choice it keeps, and begins to tick. Once, after the first render.</summary>
    public async Task StartAsync()
    {
        // "local Europe/Berlin" or "utc Europe/Berlin"; a browser without a zone sends only the first word.
        var answer = (await js.InvokeAsync<string?>("opsConsole.zone") ?? "utc").Split(' ', 2);
        if (answer.Length == 2 && TimeZoneInfo.TryFindSystemTimeZoneById(answer[1], out var zone))
        {
            Local = zone;
        }

        _timer ??= time.CreateTimer(_ => Set(Current.Zone), null, Tick, Tick);
        Set(answer[0] == "local" ? Local : TimeZoneInfo.Utc);
    }

    /// <summary>Changes the zone and has the browser remember it.</summary>
    public async Task ChooseAsync(bool local)
    {
        Set(local ? Local : TimeZoneInfo.Utc);
        await js.InvokeVoidAsync("opsConsole.remember", "zone", local ? "local" : "utc");
    }

    /// <summary>Stops ticking.</summary>
    public void Dispose() => _timer?.Dispose();

    private void Set(TimeZoneInfo zone)
    {
        Current = new Clock(time.GetUtcNow(), zone);
        Changed?.Invoke();
    }
}
