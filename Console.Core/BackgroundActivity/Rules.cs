namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// The numbers of the rules, in nanoseconds, each with the measurement behind it. docs/background-activity.md repeats them in words.
/// </summary>
internal static class Rules
{
    public const long Millisecond = 1_000_000;

    public const long Second = 1_000_000_000;

    /// <summary>Smallest tolerance after an end that is the write time: real lines came at most 13.8 ms after it.</summary>
    public const long WriteTimeFloor = 20 * Millisecond;

    /// <summary>Smallest tolerance after an end that is timestamp + latency: the write comes up to 35 ms (p90) later.</summary>
    public const long LatencyFloor = 50 * Millisecond;

    /// <summary>
    /// Smallest tolerance after the end of a WebSocket, however it is known: the handler hears of the close after the front
    /// end does, and writes its closing line then. That is no work of its own.
    /// </summary>
    public const long WebSocketFloor = 100 * Millisecond;

    /// <summary>Largest estimated tolerance: beyond it, work would hide.</summary>
    public const long ToleranceCeiling = 250 * Millisecond;

    /// <summary>
    /// Clocks of the front end and of the container differ by some milliseconds: within this distance of a start or an end,
    /// another request counts as possibly in flight, and the line is not given to one of the two.
    /// </summary>
    public const long ClockSlack = 10 * Millisecond;

    /// <summary>A line this shortly before a start is that request's own first line seen by a slower clock.</summary>
    public const long StartSlack = 20 * Millisecond;

    /// <summary>A line with the request's own trace may precede it by this much: applications round their timestamps to seconds.</summary>
    public const long RoundedTimestamp = Second;

    /// <summary>Access lines come 1.1 ms (median) and 311 ms (p99) after timestamp + latency: farther away it is another request's.</summary>
    public const long AccessReach = 500 * Millisecond;

    /// <summary>Two ends of one route that are less apart than this cannot be told apart by an access line.</summary>
    public const long AccessAmbiguity = 12 * Millisecond;

    /// <summary>Silence on an idle instance that counts as standing still.</summary>
    public const long Freeze = Second;

    /// <summary>SIGTERM to SIGKILL is 10 s; log lines trickle in a little later.</summary>
    public const long StopLasts = 15 * Second;

    /// <summary>Idle instances are kept for up to 15 minutes: a last burst in this stretch after the last request is the stop.</summary>
    public const long IdleStopFrom = 840 * Second;

    public const long IdleStopTo = 1000 * Second;

    /// <summary>Silence before the last burst that makes it the stop even without telling words.</summary>
    public const long SilenceBeforeStop = 300 * Second;

    /// <summary>Startup probes of several containers of one instance succeed within this stretch.</summary>
    public const long ProbesTogether = 60 * Second;

    /// <summary>
    /// An idle line is probably the work of the request that ended just before when the one before that ended this many times
    /// longer ago: long tails are rarer than short ones.
    /// </summary>
    public const int MuchLonger = 8;

    /// <summary>… and at least this long ago: on an instance without CPU, work of earlier requests crawls on for tens of seconds.</summary>
    public const long Alone = 60 * Second;
}
