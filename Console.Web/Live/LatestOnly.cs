namespace OpsConsole.Web.Live;

/// <summary>
/// Runs the loads of one place on a page. A new load ends the one before it, the answer of a load that was overtaken is
/// dropped, and leaving the page ends what is under way.
/// </summary>
public sealed class LatestOnly : IDisposable
{
    private CancellationTokenSource? _current;
    private bool _disposed;

    /// <summary>True while a load is under way.</summary>
    public bool Busy => _current is not null;

    /// <summary>Loads, and applies the answer if it is still wanted.</summary>
    /// <returns>False when the answer was dropped.</returns>
    public async Task<bool> RunAsync<T>(Func<CancellationToken, Task<T>> load, Action<T> apply)
    {
        if (_disposed)
        {
            return false;
        }

        using var mine = new CancellationTokenSource();
        var overtaken = Interlocked.Exchange(ref _current, mine);
        overtaken?.Cancel();
        try
        {
            var value = await load(mine.Token);
            if (_disposed || !ReferenceEquals(_current, mine))
            {
                return false;
            }

            apply(value);
            return true;
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            Interlocked.CompareExchange(ref _current, null, mine);
        }
    }

    /// <summary>Ends what is under way.</summary>
    public void Dispose()
    {
        _disposed = true;
        Interlocked.Exchange(ref _current, null)?.Cancel();
    }
}
