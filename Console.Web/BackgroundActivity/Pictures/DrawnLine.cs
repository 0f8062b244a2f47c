using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>A mark in a picture.</summary>
/// <param name="Line">The line it is drawn for.</param>
/// <param name="Count">How many lines lie there.</param>
public readonly record struct DrawnLine(EntryMark Line, int Count)
{
    /// <summary>What a pointer shows.</summary>
    public string Title(string time) =>
        $"{time}, {Line.Severity.ToLowerInvariant()}: {LogText.FirstLine(Line.Text, 120)}" + (Count > 1 ? $" (and {Count - 1} more here)" : "");
}
