namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The idle lines of one template on one instance, by time, and the requests of that instance.</summary>
internal sealed record TemplateLines(EndedRequests Requests)
{
    public List<int> Lines { get; } = [];

    public List<long> Times { get; } = [];

    /// <summary>First line at that time or later.</summary>
    public int First(long time)
    {
        var low = 0;
        var high = Times.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Times[middle] < time)
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
