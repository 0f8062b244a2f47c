namespace OpsConsole.Core.AuditTrail.Receiving;

/// <summary>
/// How many events may wait to be sealed before applications are asked to wait, too: else a sealer that stands still would fill the database.
/// The console's own acts are never refused for it.
/// </summary>
/// <param name="most">Events.</param>
/// <param name="count">Counts them.</param>
/// <param name="time">Clock.</param>
public sealed class BacklogBound(long most, IWaitingCount count, TimeProvider time)
{
    /// <summary>So long one count is good for.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromSeconds(2);

    private int _counting;
    private long? _countedAt;
    private bool _reached;

    /// <summary>True when so many wait. Whoever asks while somebody counts is told what was counted before.</summary>
    /// <exception cref="AuditUnavailableException">The database cannot be reached.</exception>
    public async Task<bool> IsReachedAsync(CancellationToken cancellationToken)
    {
        if ((_countedAt is { } at && time.GetElapsedTime(at) < Good) || Interlocked.Exchange(ref _counting, 1) == 1)
        {
            return _reached;
        }

        try
        {
            _reached = await count.CountAsync(most, cancellationToken) >= most;
            _countedAt = time.GetTimestamp();
            return _reached;
        }
        finally
        {
            Volatile.Write(ref _counting, 0);
        }
    }
}
