using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Finds the stop that nothing announces. Normal scale-in is silent: the container gets SIGTERM up to 15 minutes after its last
/// request, logs a few lines such as <c>[2026-03-02 11:20:05 +0000] [1] [INFO] Handling signal: term</c>, and is killed 10 seconds
/// later. So the stop begins at a line that says so, when nothing but the rest of that burst follows; or, without telling words,
/// at a last burst about 15 minutes after the last request with silence before it.
/// </summary>
internal static class StopFinder
{
    // Reading a text costs a jump in the file: of a longer burst only the first lines are asked.
    private const int LinesAsked = 24;

    private static readonly string[] PlainWords =
    [
        "sigterm", "sigint", "signal 15", "signal: term", "signal: terminated", "shutting down", "shut down", "shutdown",
        "graceful", "received signal", "handling signal", "finished server process", "termination signal",
    ];

    // These words also occur in ordinary work; minutes after the last request they mean the stop.
    private static readonly string[] WeakWords = ["stopping", "stopped", "closing", "closed", "drain", "exit", "quitting", "terminat", "disconnecting", "goodbye", "bye"];

    /// <summary>Place (in time order) of the first line of the stop, or -1.</summary>
    /// <param name="table">For the texts.</param>
    /// <param name="work">The instance.</param>
    /// <param name="isIdle">Whether the line at a place was classified as idle (or, without requests, as undecided).</param>
    /// <param name="lastEnd">End of the last request; <see cref="long.MinValue"/> without any.</param>
    public static int Find(LogTable table, InstanceWork work, Func<int, bool> isIdle, long lastEnd)
    {
        var last = work.LineCount - 1;
        while (last >= 0 && table.Lines[work.Lines[last]].Kind == LineKind.Platform)
        {
            last--;
        }

        if (last < 0 || work.Times[last] <= lastEnd || !isIdle(last))
        {
            return -1;
        }

        // The burst: idle lines within the time that a stop lasts, before the last line.
        var first = last;
        var before = long.MinValue;
        for (var i = last; i >= 0; i--)
        {
            if (table.Lines[work.Lines[i]].Kind == LineKind.Platform)
            {
                continue;
            }

            if (work.Times[i] < work.Times[last] - Rules.StopLasts || work.Times[i] <= lastEnd || !isIdle(i))
            {
                before = work.Times[i];
                break;
            }

            first = i;
        }

        var minutesLater = lastEnd != long.MinValue && work.Times[first] - lastEnd >= Rules.SilenceBeforeStop;
        var asked = 0;
        byte[] buffer = [];
        for (var i = first; i <= last && asked < LinesAsked; i++)
        {
            if (!isIdle(i))
            {
                continue;
            }

            asked++;
            var text = MessageText.Of(table, table.Lines[work.Lines[i]].Ref, ref buffer);
            if (Says(text, PlainWords) || (minutesLater && Says(text, WeakWords)))
            {
                return i;
            }
        }

        var sinceEnd = lastEnd == long.MinValue ? 0 : work.Times[first] - lastEnd;
        var silence = work.Times[first] - Math.Max(before, lastEnd);
        return lastEnd != long.MinValue
            && sinceEnd >= Rules.IdleStopFrom && sinceEnd <= Rules.IdleStopTo && silence >= Rules.SilenceBeforeStop
            ? first
            : -1;
    }

    private static bool Says(string text, string[] words)
    {
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
