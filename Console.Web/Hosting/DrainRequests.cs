namespace OpsConsole.Web.Hosting;

/// <summary>
/// Requests that are under way when the console is told to stop get a moment to end; then their connections are cut, so that what comes after the
/// web server (changes, the sealer) has the rest of the time. An event whose request is cut was recorded or not: its sender asks again.
/// </summary>
internal sealed class DrainRequests : IDisposable
{
    /// <summary>So long they may take.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(3);

    private readonly RequestDelegate _next;
    private readonly CancellationTokenSource _late = new();
    private readonly CancellationTokenRegistration _stopping;

    public DrainRequests(RequestDelegate next, IHostApplicationLifetime lifetime)
    {
        _next = next;
        _stopping = lifetime.ApplicationStopping.Register(() => _late.CancelAfter(Time));
    }

    public async Task InvokeAsync(HttpContext context)
    {
        await using var cut = _late.Token.UnsafeRegister(static state => ((HttpContext)state!).Abort(), context);
        await _next(context);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _late.Dispose();
    }
}
