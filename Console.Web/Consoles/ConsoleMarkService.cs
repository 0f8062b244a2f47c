using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Consoles;

/// <summary>
/// Keeps the mark that this console runs. Registered before all others: it is set before any of them begins something, and taken away
/// when all of them have stopped.
/// </summary>
internal sealed class ConsoleMarkService(ConsoleMark mark) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _keeping = Task.CompletedTask;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await mark.SetAsync(cancellationToken);
        _keeping = mark.RunAsync(_stop.Token);
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await mark.DisposeAsync();
    }

    /// <inheritdoc />
    public void Dispose() => _stop.Dispose();
}
