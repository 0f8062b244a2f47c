using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>What the input itself leaves undecided, in sentences for screens and terminals.</summary>
public static class InputRemarks
{
    /// <summary>None for a complete export.</summary>
    public static IReadOnlyList<string> Of(Analysis analysis)
    {
        var remarks = new List<string>();
        var input = analysis.Table.Input;
        if (input.Duplicates > 0)
        {
            remarks.Add($"{Words.Count(input.Duplicates, "entry stands", "entries stand")} in the input again (same log, timestamp and insertId) and {(input.Duplicates == 1 ? "counts" : "count")} once.");
        }

        if (analysis.WarningsOnly)
        {
            remarks.Add("The input holds warnings and errors only: requests that went well are not in it, and lines that no other request explains are undecided.");
        }

        if (analysis.CutByLimit)
        {
            remarks.Add($"The input holds exactly {Words.Count(input.Entries, "entry", "entries")}, as if it was cut by --limit: lines before an instance's first request are undecided where nothing says that it was starting.");
        }

        return remarks;
    }
}
