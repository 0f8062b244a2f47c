using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>One row a revision from the results of the sweeps.</summary>
internal static class Summaries
{
    public static int[] InstancesWithoutRequests(Results results)
    {
        var found = new List<int>();
        for (var i = 0; i < results.Facts.Length; i++)
        {
            if (results.Facts[i] is { Requests: 0, ContainerLines: > 0 })
            {
                found.Add(i);
            }
        }

        return [.. found];
    }

    public static IReadOnlyList<RevisionSummary> Of(AnalysisWork work, IReadOnlyList<Finding> findings)
    {
        var table = work.Table;
        var drafts = new Draft[table.Revisions.Count];
        for (var i = 0; i < drafts.Length; i++)
        {
            drafts[i] = new Draft();
        }

        for (var r = 0; r < table.Requests.Count; r++)
        {
            if (work.Ends.Kind[r] == EndKind.Aborted)
            {
                continue;
            }

            var draft = drafts[table.Requests[r].Revision];
            draft.Requests++;
            if (work.Results.Tails[r] > 0)
            {
                draft.Tails.Add(work.Results.Tails[r]);
            }
        }

        foreach (var facts in work.Results.Facts)
        {
            if (facts.Requests > 0 || facts.ContainerLines > 0)
            {
                var draft = drafts[facts.Revision];
                draft.Instances++;
                draft.InstancesWithoutRequests += facts.Requests == 0 ? 1 : 0;
                draft.Throttled |= facts.Throttled;
            }
        }

        foreach (var (line, resumption) in work.Resumptions)
        {
            var draft = drafts[table.Lines[line].Revision];
            draft.LongestFreeze = Math.Max(draft.LongestFreeze, resumption.FreezeEndNs - resumption.FreezeStartNs);
        }

        var lost = ProbablyLost.Count(work);
        var rows = new List<RevisionSummary>();
        for (var i = 0; i < drafts.Length; i++)
        {
            var summary = Row(work, i, drafts[i], lost[i], findings);
            if (summary is not null)
            {
                rows.Add(summary);
            }
        }

        rows.Sort((a, b) => Compare(a.Key, b.Key));
        return rows;
    }

    public static int Compare(RevisionKey a, RevisionKey b)
    {
        var order = string.CompareOrdinal(a.Project, b.Project);
        order = order != 0 ? order : string.CompareOrdinal(a.Location, b.Location);
        order = order != 0 ? order : string.CompareOrdinal(a.Service, b.Service);
        return order != 0 ? order : string.CompareOrdinal(a.Revision, b.Revision);
    }

    private static RevisionSummary? Row(AnalysisWork work, int revision, Draft draft, int lost, IReadOnlyList<Finding> findings)
    {
        long lines = 0;
        foreach (var entryClass in EntryClasses.All)
        {
            lines += work.Count(revision, entryClass);
        }

        if (lines == 0 && draft.Requests == 0)
        {
            return null;
        }

        var key = work.Table.Revisions[revision];
        draft.Tails.Sort();
        var summary = new RevisionSummary
        {
            Key = key,
            Requests = draft.Requests,
            RequestsWithAfterResponse = draft.Tails.Count,
            AfterResponseEntries = work.Count(revision, EntryClass.AfterResponse),
            ResumedEntries = work.Count(revision, EntryClass.Resumed),
            IdleInstanceEntries = work.Count(revision, EntryClass.IdleInstance),
            UnattributedEntries = work.Count(revision, EntryClass.Unattributed),
            ContainerEntries = lines - work.Count(revision, EntryClass.Platform),
            MaxTailSeconds = draft.Tails.Count == 0 ? null : draft.Tails[^1] / 1e9,
            P95TailSeconds = Percentile(draft.Tails, 0.95),
            P50TailSeconds = Percentile(draft.Tails, 0.50),
            LongestFreezeSeconds = draft.LongestFreeze == 0 ? null : draft.LongestFreeze / 1e9,
            ProbablyLost = lost,
            Instances = draft.Instances,
            InstancesWithoutRequests = draft.InstancesWithoutRequests,
            WarningsOnly = work.WarningsOnly,
            ThrottleFingerprint = draft.Throttled,
            HeldOpenPattern = findings.Any(f => f.Kind == FindingKind.HeldOpen && f.Revision == key),
            PeriodicWork = findings.Any(f => f.Kind == FindingKind.Periodic && f.Revision == key),
            Settings = work.Options.SettingsOf(key),
        };
        return Verdicts.Judge(summary);
    }

    /// <summary>Nearest rank: the smallest tail that at least this share of the tails does not exceed.</summary>
    private static double? Percentile(List<long> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)] / 1e9;

    private sealed class Draft
    {
        public int Requests { get; set; }

        public List<long> Tails { get; } = [];

        public int Instances { get; set; }

        public int InstancesWithoutRequests { get; set; }

        public bool Throttled { get; set; }

        public long LongestFreeze { get; set; }
    }
}
