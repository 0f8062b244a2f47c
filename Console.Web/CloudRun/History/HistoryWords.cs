using OpsConsole.Core.Changes.History;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.CloudRun.History;

/// <summary>The history of a service in the words of the screens.</summary>
public static class HistoryWords
{
    /// <summary>Where a change was made, in a word or two.</summary>
    public static string Of(HistoryOrigin origin) => origin switch
    {
        HistoryOrigin.Console => "this console",
        HistoryOrigin.Elsewhere => "elsewhere",
        HistoryOrigin.Unrecorded => "not recorded here",
        HistoryOrigin.Unexplained => "not logged",
        _ => "Google",
    };

    /// <summary>Its meaning: what carries the console's account and is not on the record is a matter for somebody.</summary>
    public static Meaning MeaningOf(HistoryOrigin origin) => origin switch
    {
        HistoryOrigin.Console => Meaning.Good,
        HistoryOrigin.Unrecorded => Meaning.Risk,
        _ => Meaning.Unknown,
    };

    /// <summary>How it ended, in a word.</summary>
    public static string Of(HistoryRow row) => row.Outcome switch
    {
        HistoryOutcome.Done => row.UndoneBy.Length > 0 ? "taken back" : "done",
        HistoryOutcome.Failed => "failed",
        HistoryOutcome.UnderWay => "under way",
        _ => "outcome unknown",
    };

    /// <summary>Its meaning.</summary>
    public static Meaning MeaningOf(HistoryRow row) => row.Outcome switch
    {
        HistoryOutcome.Done => row.UndoneBy.Length > 0 ? Meaning.Unknown : Meaning.Good,
        HistoryOutcome.Failed => Meaning.Risk,
        HistoryOutcome.UnderWay => Meaning.Busy,
        _ => Meaning.Unknown,
    };

    /// <summary>What changed, in half a line.</summary>
    public static string Short(IReadOnlyList<HistorySetting> settings) => settings switch
    {
        [] => "",
        [var one] => Line(one),
        [var first, ..] => $"{Line(first)}, and {settings.Count - 1} more",
    };

    /// <summary>The program behind a User-Agent: <c>gcloud</c>, <c>Terraform</c>, a browser; else its first word.</summary>
    public static string Program(string client) =>
        client.Length == 0 ? ""
        : client.Contains("Terraform", StringComparison.OrdinalIgnoreCase) ? "Terraform"
        : client.Contains("gcloud", StringComparison.OrdinalIgnoreCase) ? "gcloud"
        : client.StartsWith("OpsConsole/", StringComparison.Ordinal) ? "OpsConsole"
        : client.StartsWith("Mozilla/", StringComparison.Ordinal) ? "a browser"
        : client.Split(' ', 2)[0];

    private static string Line(HistorySetting setting)
    {
        // Of two images, what differs stands at the end.
        var same = setting.Before.LastIndexOf('/') is > 0 and var at && setting.After.Length > at && string.CompareOrdinal(setting.Before, 0, setting.After, 0, at + 1) == 0 ? at + 1 : 0;
        return $"{setting.Name}: {setting.Before[same..]} → {setting.After[same..]}";
    }
}
