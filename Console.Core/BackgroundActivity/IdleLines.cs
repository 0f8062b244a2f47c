namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// The idle lines of one revision, with how long after the last request of their instance they came, and which of them that request
/// may explain alone. Times are in nanoseconds. Collected by the sweeps; judged when all lines of the revision are known.
/// </summary>
internal sealed class IdleLines
{
    // From so many lines on, their own distances say how long work goes on; fewer are judged by the fixed numbers of Rules, too.
    private const int TellingLines = 20;
    private const double NearlyAll = 0.99;

    // Work of the stretch before would have to go on for twice as long as nearly all work of this revision does.
    private const int TwiceTheReach = 2;

    private readonly List<int> _candidates = [];
    private readonly List<int> _requests = [];
    private readonly List<long> _isolations = [];

    /// <summary>Row numbers.</summary>
    public List<int> Lines { get; } = [];

    /// <summary>From the last end on the instance to each line.</summary>
    public List<long> Distances { get; } = [];

    /// <param name="line">Row number.</param>
    /// <param name="distance">Since the last end on its instance.</param>
    /// <param name="request">The request that was alone in the busy stretch before the line; -1 when there was none such.</param>
    /// <param name="isolation">Since the end of the busy stretch before that one; <see cref="long.MaxValue"/> when there was none.</param>
    public void Add(int line, long distance, int request, long isolation)
    {
        Lines.Add(line);
        Distances.Add(distance);
        if (request >= 0)
        {
            _candidates.Add(line);
            _requests.Add(request);
            _isolations.Add(isolation);
        }
    }

    /// <summary>Adds what another thread collected.</summary>
    public void Add(IdleLines other)
    {
        Lines.AddRange(other.Lines);
        Distances.AddRange(other.Distances);
        _candidates.AddRange(other._candidates);
        _requests.AddRange(other._requests);
        _isolations.AddRange(other._isolations);
    }

    /// <summary>Forgets lines that are of another class by now, and names the request that ended just before where nothing else can explain a line.</summary>
    public void Name(AnalysisWork work)
    {
        Forget(work.Results.Classes);
        if (_candidates.Count == 0)
        {
            return;
        }

        var sorted = Distances.ToArray();
        Array.Sort(sorted);
        var reach = sorted[(int)Math.Ceiling(sorted.Length * NearlyAll) - 1];
        for (var i = 0; i < _candidates.Count; i++)
        {
            var distance = work.Table.Lines[_candidates[i]].TimestampNs - work.Ends.End[_requests[i]];
            var needed = TwiceTheReach * reach;
            if (sorted.Length < TellingLines)
            {
                needed = Math.Max(needed, Math.Max(Rules.Alone, Rules.MuchLonger * distance));
            }

            if (_isolations[i] >= needed)
            {
                work.Results.Requests.SetProbable(_candidates[i], _requests[i]);
            }
        }
    }

    private void Forget(EntryClass[] classes)
    {
        var kept = 0;
        for (var i = 0; i < Lines.Count; i++)
        {
            if (classes[Lines[i]] == EntryClass.IdleInstance)
            {
                (Lines[kept], Distances[kept]) = (Lines[i], Distances[i]);
                kept++;
            }
        }

        Lines.RemoveRange(kept, Lines.Count - kept);
        Distances.RemoveRange(kept, Distances.Count - kept);
        kept = 0;
        for (var i = 0; i < _candidates.Count; i++)
        {
            if (classes[_candidates[i]] == EntryClass.IdleInstance)
            {
                (_candidates[kept], _requests[kept], _isolations[kept]) = (_candidates[i], _requests[i], _isolations[i]);
                kept++;
            }
        }

        _candidates.RemoveRange(kept, _candidates.Count - kept);
        _requests.RemoveRange(kept, _requests.Count - kept);
        _isolations.RemoveRange(kept, _isolations.Count - kept);
    }
}
