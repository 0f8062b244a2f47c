namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>Puts overlapping stretches of time into as few lanes as possible, first come first lane.</summary>
public static class LanePacking
{
    /// <summary>Lane of each stretch, in the order given; stretches that do not fit into the limit get -1.</summary>
    public static int[] Pack(IReadOnlyList<(long FromNs, long ToNs)> stretches, int limit)
    {
        var lanes = new int[stretches.Count];
        var freeAt = new List<long>();
        foreach (var i in Enumerable.Range(0, stretches.Count).OrderBy(i => stretches[i].FromNs).ThenBy(i => i))
        {
            var (from, to) = stretches[i];
            var lane = freeAt.FindIndex(free => free <= from);
            if (lane < 0 && freeAt.Count < limit)
            {
                freeAt.Add(long.MinValue);
                lane = freeAt.Count - 1;
            }

            lanes[i] = lane;
            if (lane >= 0)
            {
                freeAt[lane] = Math.Max(to, from + 1);
            }
        }

        return lanes;
    }
}
