namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>Words of <see cref="StatementVerdict"/> in files, addresses and on screens.</summary>
public static class StatementWords
{
    /// <summary>All verdicts, the gravest first.</summary>
    public static IReadOnlyList<StatementVerdict> All { get; } = Enum.GetValues<StatementVerdict>();

    /// <summary>In files and addresses.</summary>
    public static string Word(this StatementVerdict verdict) => verdict switch
    {
        StatementVerdict.MissingHere => "missing-here",
        StatementVerdict.Unexplained => "unexplained",
        StatementVerdict.NotInGoogle => "not-in-google",
        StatementVerdict.Outside => "outside",
        StatementVerdict.Unsettled => "unsettled",
        _ => "explained",
    };

    /// <summary>For people.</summary>
    public static string Phrase(this StatementVerdict verdict) => verdict switch
    {
        StatementVerdict.MissingHere => "in Google's log, missing here",
        StatementVerdict.Unexplained => "in Cloud Run, in neither log",
        StatementVerdict.NotInGoogle => "claimed here, not in Google's log",
        StatementVerdict.Outside => "made outside the console",
        StatementVerdict.Unsettled => "not settled yet",
        _ => "explained",
    };

    /// <summary>The verdict of a word; null when there is none.</summary>
    public static StatementVerdict? Parse(string? word) => All.Where(v => v.Word() == word).Select(static v => (StatementVerdict?)v).FirstOrDefault();
}
