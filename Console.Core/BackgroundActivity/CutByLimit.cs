using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Recognises an export that <c>--limit 500</c> cut: one file with exactly as many entries as people ask for. It begins in the middle of
/// the lives of its instances. Of six published exports five have exactly 50, 100 or 500 entries, and three of them begin with lines of a
/// request that is cut away.
/// </summary>
internal static class CutByLimit
{
    // Limits are round numbers; larger exports are made without one, and may be round by chance.
    private const int Round = 50;
    private const int Largest = 20_000;

    // Of the lines before the first request, so many are asked for a word of the start.
    private const int LinesAsked = 24;

    private static readonly string[] StartWords =
    [
        "started server process", "startup", "booting", "starting gunicorn", "starting server", "server started", "server running", "listening on",
        "listening at", "serving on", "started on port", "initializing", "initialising",
    ];

    public static bool Is(LogTable table) =>
        table.Input is { Files: 1, Entries: >= Round and <= Largest } && table.Input.Entries % Round == 0;

    /// <summary>Whether the lines of an instance before its first request say that it was starting then.</summary>
    public static bool SaysStart(LogTable table, InstanceWork work)
    {
        byte[] buffer = [];
        for (var i = 0; i < work.LineCount && i < LinesAsked && work.Times[i] < work.Starts[0]; i++)
        {
            var text = MessageText.Of(table, table.Lines[work.Lines[i]].Ref, ref buffer);
            foreach (var word in StartWords)
            {
                if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
