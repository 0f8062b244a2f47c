using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.BackgroundActivity.PerRequest;

/// <summary>The filter inside a request: its lines by text, class and severity.</summary>
public static class EntryFilter
{
    /// <summary>The qualifiers.</summary>
    public static FilterFields<EntryMark> Fields { get; } = new(
        [
            new("class", "class of the line", "class:after", row => [EntryWords.Class(row.Class), row.Class.Word()]),
            new("severity", "severity", "severity:error", row => [row.Severity]),
            new("after", "seconds after the response", "after:>1", _ => [], row => row.TailSeconds),
        ],
        row => [LogText.Clean(row.Text)]);

    /// <summary>For the list under the box.</summary>
    public static IReadOnlyList<FilterHint> Hints { get; } = [.. Fields.All.Select(field => new FilterHint(field.Key, field.Meaning, field.Example))];
}
