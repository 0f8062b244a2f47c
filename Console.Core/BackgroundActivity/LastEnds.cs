namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Ends of the requests of an instance, for the question which ended last before a line. Made when first asked for.</summary>
internal sealed class LastEnds(AnalysisWork work)
{
    private readonly Dictionary<int, long[]> _ends = [];

    /// <summary>Nanoseconds since the last request of the instance ended; -1 when none had.</summary>
    public long Since(int instance, long time)
    {
        if (instance < 0)
        {
            return -1;
        }

        if (!_ends.TryGetValue(instance, out var ends))
        {
            ends = [.. work.Requests.Of(instance).ToArray().Where(r => work.Ends.Kind[r] != EndKind.Aborted).Select(r => work.Ends.End[r]).Order()];
            _ends[instance] = ends;
        }

        var at = Array.BinarySearch(ends, time);
        at = at < 0 ? ~at - 1 : at;
        return at < 0 ? -1 : time - ends[at];
    }
}
