namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>Some of the events that wait, by number. Whoever read it disposes of it, and uses no body of it afterwards.</summary>
/// <param name="rows">The events.</param>
/// <param name="hasMore">True when more may wait behind them.</param>
/// <param name="memory">What their bodies lie in.</param>
public sealed class InboxPage(IReadOnlyList<InboxRow> rows, bool hasMore, IReadOnlyList<IDisposable> memory) : IDisposable
{
    /// <summary>Bytes from which a page ends, however few its rows are: events may have 256 KB each.</summary>
    public const int Bytes = 32 * 1024 * 1024;

    /// <summary>The events.</summary>
    public IReadOnlyList<InboxRow> Rows => rows;

    /// <summary>True when more may wait behind them.</summary>
    public bool HasMore => hasMore;

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var one in memory)
        {
            one.Dispose();
        }
    }
}
