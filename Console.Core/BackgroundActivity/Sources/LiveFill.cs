namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>
/// How the first fill of a live window goes back in time: in stretches, each read completely before it counts. Only then are
/// all requests known that were in flight in it. The first is short, so that something shows soon; the next ones grow while
/// they are cheap.
/// </summary>
internal sealed class LiveFill(DateTimeOffset now, TimeSpan window)
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private TimeSpan _length = First < window ? First : window;

    /// <summary>Start of the stretch to read now.</summary>
    public DateTimeOffset From { get; private set; } = now - (First < window ? First : window);

    /// <summary>End of it, not included; null for the first, which is open.</summary>
    public DateTimeOffset? To { get; private set; }

    /// <summary>Everything since then has been read; null before the first stretch is complete.</summary>
    public DateTimeOffset? CoveredFrom { get; private set; }

    /// <summary>Where it ends.</summary>
    public DateTimeOffset Target { get; } = now - window;

    /// <summary>True when the whole window has been read, or reading ended early.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>0 to 1.</summary>
    public double Fraction => CoveredFrom is { } covered ? Math.Clamp((now - covered) / window, 0, 1) : 0;

    /// <summary>The stretch has been read.</summary>
    /// <param name="calls">How many calls it took.</param>
    public void StretchRead(int calls)
    {
        CoveredFrom = From;
        if (From <= Target)
        {
            IsComplete = true;
            return;
        }

        _length = calls switch
        {
            <= 10 => _length * 2,
            <= 30 => _length,
            _ => _length / 2 > Shortest ? _length / 2 : Shortest,
        };
        To = From;
        From = From - _length > Target ? From - _length : Target;
    }

    /// <summary>Goes no further back: memory is full.</summary>
    /// <param name="covered">Everything since then is kept.</param>
    public void Stop(DateTimeOffset covered)
    {
        CoveredFrom = CoveredFrom is { } c && c > covered ? c : covered;
        IsComplete = true;
    }
}
