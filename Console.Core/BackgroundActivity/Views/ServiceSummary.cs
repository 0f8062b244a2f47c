using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>The numbers of a service over its revisions.</summary>
public sealed record ServiceSummary
{
    public required string Project { get; init; }

    public required string Location { get; init; }

    public required string Service { get; init; }

    /// <summary>The gravest verdict of its revisions: at risk, then has CPU, then cannot tell, then quiet.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The reason of that verdict.</summary>
    public required string VerdictReason { get; init; }

    /// <summary>In the order of their names, newest last.</summary>
    public required IReadOnlyList<RevisionSummary> Revisions { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required long Requests { get; init; }

    public required long RequestsWithAfterResponse { get; init; }

    /// <summary>After-response and resumed lines.</summary>
    public required long LateEntries { get; init; }

    public required long IdleInstanceEntries { get; init; }

    public required long UnattributedEntries { get; init; }

    public required int ProbablyLost { get; init; }

    public double? MaxTailSeconds { get; init; }

    public double? LongestFreezeSeconds { get; init; }

    /// <summary>0 to 1; null without requests.</summary>
    public double? Share => Requests == 0 ? null : (double)RequestsWithAfterResponse / Requests;

    /// <summary>All services of an analysis, gravest first, then by name.</summary>
    public static IReadOnlyList<ServiceSummary> All(Analysis analysis)
    {
        var findings = analysis.Findings.ToLookup(static f => (f.Revision.Project, f.Revision.Location, f.Revision.Service));
        return
        [
            .. analysis.Revisions
                .GroupBy(static r => (r.Key.Project, r.Key.Location, r.Key.Service))
                .Select(group => Of(group.Key, [.. group.OrderBy(static r => r.Key.Revision, StringComparer.Ordinal)], [.. findings[group.Key]]))
                .OrderByDescending(static s => Gravity(s.Verdict))
                .ThenByDescending(static s => s.LateEntries + s.IdleInstanceEntries)
                .ThenBy(static s => s.Service, StringComparer.Ordinal)
                .ThenBy(static s => s.Location, StringComparer.Ordinal),
        ];
    }

    /// <summary>One service; null when the analysis does not have it.</summary>
    public static ServiceSummary? Of(Analysis analysis, string project, string location, string service)
    {
        RevisionSummary[] revisions = [.. analysis.Revisions.Where(r => Is(r.Key)).OrderBy(static r => r.Key.Revision, StringComparer.Ordinal)];
        return revisions.Length == 0 ? null : Of((project, location, service), revisions, [.. analysis.Findings.Where(f => Is(f.Revision))]);

        bool Is(RevisionKey key) => key.Project == project && key.Location == location && key.Service == service;
    }

    private static ServiceSummary Of((string Project, string Location, string Service) key, RevisionSummary[] revisions, Finding[] findings)
    {
        var gravest = revisions.MaxBy(static r => (Gravity(r.Verdict), r.AfterResponseEntries + r.ResumedEntries + r.IdleInstanceEntries))!;
        return new ServiceSummary
        {
            Project = key.Project,
            Location = key.Location,
            Service = key.Service,
            Verdict = gravest.Verdict,
            VerdictReason = gravest.VerdictReason,
            Revisions = revisions,
            Findings = findings,
            Requests = revisions.Sum(static r => (long)r.Requests),
            RequestsWithAfterResponse = revisions.Sum(static r => (long)r.RequestsWithAfterResponse),
            LateEntries = revisions.Sum(static r => r.AfterResponseEntries + r.ResumedEntries),
            IdleInstanceEntries = revisions.Sum(static r => r.IdleInstanceEntries),
            UnattributedEntries = revisions.Sum(static r => r.UnattributedEntries),
            ProbablyLost = revisions.Sum(static r => r.ProbablyLost),
            MaxTailSeconds = revisions.Max(static r => r.MaxTailSeconds),
            LongestFreezeSeconds = revisions.Max(static r => r.LongestFreezeSeconds),
        };
    }

    private static int Gravity(Verdict verdict) => verdict switch
    {
        Verdict.AtRisk => 3,
        Verdict.HasCpu => 2,
        Verdict.CannotTell => 1,
        _ => 0,
    };
}
