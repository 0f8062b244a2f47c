namespace OpsConsole.Web.Live;

/// <summary>
/// That a page is left, as a token for what it has under way. Unlike that of a <see cref="CancellationTokenSource"/> it can be asked for after the
/// end: a page that was left while it waited for something goes on to its next step, and is to be told "cancelled" there, not "disposed".
/// </summary>
public sealed class Leaving : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    /// <summary>For everything that ends with the page.</summary>
    public Leaving() => Token = _source.Token;

    /// <summary>Cancelled when the page is left.</summary>
    public CancellationToken Token { get; }

    /// <summary>True once it is left.</summary>
    public bool IsCancellationRequested => Token.IsCancellationRequested;

    /// <summary>It is left. Safe to call twice.</summary>
    public void Dispose()
    {
        if (!IsCancellationRequested)
        {
            _source.Cancel();
        }

        _source.Dispose();
    }
}
