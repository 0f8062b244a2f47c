namespace OpsConsole.Benchmarks.Generating;

/// <summary>Searches in requests that are ordered by start.</summary>
internal static class RequestLists
{
    /// <summary>How many have started at a time.</summary>
    public static int CountStarted(this List<Req> requests, long time)
    {
        var low = 0;
        var high = requests.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (requests[middle].Start <= time)
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

    /// <summary>The first that starts after a time, or -1.</summary>
    public static int BinarySearchAfter(this List<Req> requests, long time)
    {
        var next = requests.CountStarted(time);
        return next < requests.Count ? next : -1;
    }
}
