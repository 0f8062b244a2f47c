namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Starts of the requests of an instance, for the question how many came in a stretch of time. Made when first asked for.</summary>
internal sealed class StartsOfInstances(AnalysisWork work)
{
    private readonly Dictionary<int, long[]> _starts = [];

    /// <summary>How many requests of the instance began after one time and up to another.</summary>
    public int Between(int instance, long after, long until)
    {
        if (!_starts.TryGetValue(instance, out var starts))
        {
            starts = [.. work.Requests.Of(instance).ToArray().Where(r => work.Ends.Kind[r] != EndKind.Aborted).Select(r => work.Ends.Start[r]).Order()];
            _starts[instance] = starts;
        }

        return CountUntil(starts, until) - CountUntil(starts, after);
    }

    private static int CountUntil(long[] starts, long time)
    {
        var low = 0;
        var high = starts.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (starts[middle] <= time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
