using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Everything that summaries and findings are made from.</summary>
internal sealed record AnalysisWork(
    LogTable Table,
    RequestEnds Ends,
    Results Results,
    long[] Counts,
    IReadOnlyDictionary<int, Resumption> Resumptions,
    CorrelatorOptions Options,
    InstanceIndex Requests,
    InstanceIndex Lines,
    bool WarningsOnly)
{
    /// <summary>Lines of a revision in a class.</summary>
    public long Count(int revision, EntryClass entryClass) => Counts[(revision * EntryClasses.Count) + (int)entryClass];
}
