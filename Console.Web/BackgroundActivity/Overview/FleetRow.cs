using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Web.BackgroundActivity.Overview;

/// <summary>One revision in one source.</summary>
/// <param name="Source">Where its numbers come from.</param>
/// <param name="Summary">Its numbers.</param>
public sealed record FleetRow(AnalysisId Source, RevisionSummary Summary)
{
    /// <summary>Identity among the rows.</summary>
    public string Key => $"{Summary.Key.Project}/{Summary.Key.Location}/{Summary.Key.Service}/{Summary.Key.Revision}";

    /// <summary>After-response and resumed lines.</summary>
    public long LateEntries => Summary.AfterResponseEntries + Summary.ResumedEntries;

    /// <summary>Gravest last, for sorting.</summary>
    public int Gravity => Summary.Verdict switch
    {
        Verdict.AtRisk => 3,
        Verdict.HasCpu => 2,
        Verdict.CannotTell => 1,
        _ => 0,
    };
}
