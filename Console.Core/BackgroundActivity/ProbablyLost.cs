using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Work that began and never ended. A route whose requests write the same number of late lines almost every time has a known
/// end; a request with fewer of them, after which its instance took no more requests than such work usually waits for, probably lost
/// the rest: the instance went away while the work stood still. Instances that were busy near the end of the input are left out,
/// because their work may go on behind it.
/// </summary>
internal static class ProbablyLost
{
    // Of those that kept the habit, how many are asked for how long they waited.
    private const int MostAsked = 2000;
    private const double NearlyAll = 0.95;
    private const int FirstFailure = 400;

    // Fewer requests than this do not make a habit.
    private const int FewestRequests = 5;
    private const double Habit = 0.8;
    private const long AfterWindow = 60 * Rules.Second;

    /// <summary>By revision.</summary>
    public static int[] Count(AnalysisWork work)
    {
        var table = work.Table;
        var lost = new int[table.Revisions.Count];
        var counts = LateLines(work, out var any, out var windowEnd);
        if (!any)
        {
            return lost;
        }

        var habits = Habits(work, counts);
        var starts = new StartsOfInstances(work);
        var waits = Waits(work, counts, habits, starts);
        for (var r = 0; r < counts.Length; r++)
        {
            ref readonly var row = ref table.Requests[r];
            if (row.Instance < 0 || work.Ends.Kind[r] == EndKind.Aborted
                || !habits.TryGetValue(KeyOf(row), out var habit) || counts[r] >= habit.Lines)
            {
                continue;
            }

            // Having written nothing at all is only telling where everybody else wrote something.
            var began = counts[r] > 0 || habit.OfAll;
            var lastEnd = work.Results.Facts[row.Instance].LastRequestEndNs;
            if (began && lastEnd < windowEnd - AfterWindow
                && starts.Between(row.Instance, work.Ends.End[r], long.MaxValue) <= waits.GetValueOrDefault(KeyOf(row)))
            {
                lost[row.Revision]++;
            }
        }

        return lost;
    }

    // What failed leaves other work behind, or none.
    private static (int Revision, uint Route, bool Failed) KeyOf(in RequestRow row) => (row.Revision, row.RouteHash, row.Status >= FirstFailure);

    private static int[] LateLines(AnalysisWork work, out bool any, out long windowEnd)
    {
        var counts = new int[work.Table.Requests.Count];
        any = false;
        windowEnd = long.MinValue;
        for (var i = 0; i < work.Results.Classes.Length; i++)
        {
            var request = work.Results.Requests.Of(i);
            if (request >= 0 && work.Results.Classes[i] is EntryClass.AfterResponse or EntryClass.Resumed)
            {
                counts[request]++;
                any = true;
            }
        }

        if (any)
        {
            foreach (var facts in work.Results.Facts)
            {
                windowEnd = Math.Max(windowEnd, facts.LastRequestEndNs);
            }
        }

        return counts;
    }

    /// <summary>
    /// By revision and route: how many further requests came to the instance until the last late line of those who kept the habit
    /// (the 95th percentile). Without CPU, work goes on only while another request is served.
    /// </summary>
    private static Dictionary<(int Revision, uint Route, bool Failed), int> Waits(
        AnalysisWork work, int[] counts, Dictionary<(int Revision, uint Route, bool Failed), (int Lines, bool OfAll)> habits, StartsOfInstances starts)
    {
        var seen = new Dictionary<(int Revision, uint Route, bool Failed), List<int>>();
        for (var r = 0; r < counts.Length && habits.Count > 0; r++)
        {
            ref readonly var row = ref work.Table.Requests[r];
            var key = KeyOf(row);
            if (row.Instance < 0 || !habits.TryGetValue(key, out var habit) || counts[r] != habit.Lines)
            {
                continue;
            }

            if (!seen.TryGetValue(key, out var waits))
            {
                seen[key] = waits = [];
            }

            if (waits.Count < MostAsked)
            {
                waits.Add(starts.Between(row.Instance, work.Ends.End[r], work.Ends.End[r] + work.Results.Tails[r]));
            }
        }

        foreach (var waits in seen.Values)
        {
            waits.Sort();
        }

        return seen.ToDictionary(s => s.Key, s => s.Value[(int)(NearlyAll * (s.Value.Count - 1))]);
    }

    /// <summary>By revision and route: how many late lines almost every request with late lines writes.</summary>
    private static Dictionary<(int Revision, uint Route, bool Failed), (int Lines, bool OfAll)> Habits(AnalysisWork work, int[] counts)
    {
        var seen = new Dictionary<(int Revision, uint Route, bool Failed), Dictionary<int, int>>();
        for (var r = 0; r < counts.Length; r++)
        {
            ref readonly var row = ref work.Table.Requests[r];
            if (work.Ends.Kind[r] == EndKind.Aborted)
            {
                continue;
            }

            var key = KeyOf(row);
            if (!seen.TryGetValue(key, out var byCount))
            {
                seen[key] = byCount = [];
            }

            byCount[counts[r]] = byCount.GetValueOrDefault(counts[r]) + 1;
        }

        var habits = new Dictionary<(int Revision, uint Route, bool Failed), (int Lines, bool OfAll)>();
        foreach (var (key, byCount) in seen)
        {
            var all = byCount.Values.Sum();
            var late = all - byCount.GetValueOrDefault(0);
            foreach (var (lines, requests) in byCount)
            {
                if (lines > 0 && late >= FewestRequests && requests >= Habit * late)
                {
                    habits[key] = (lines, requests >= Habit * all);
                }
            }
        }

        return habits;
    }
}
