namespace OpsConsole.Core.Consoles;

/// <summary>
/// What was heard of the other consoles on this database. Whoever keeps something in memory reads it anew when its topic comes up. News can be
/// lost with a connection, so that nobody relies on them alone: they make quick what would come in a few seconds anyhow.
/// </summary>
public sealed class ConsoleNews
{
    private readonly Topic[] _topics = [.. Enum.GetValues<NewsTopic>().Select(static _ => new Topic())];

    /// <summary>How often a topic came up.</summary>
    public int CountOf(NewsTopic topic) => Volatile.Read(ref _topics[(int)topic].Count);

    /// <summary>Ends when a topic comes up the next time.</summary>
    public Task NextOf(NewsTopic topic) => Volatile.Read(ref _topics[(int)topic].Next).Task;

    /// <summary>A topic came up.</summary>
    public void Hear(NewsTopic topic)
    {
        var heard = _topics[(int)topic];
        Interlocked.Increment(ref heard.Count);
        Interlocked.Exchange(ref heard.Next, New()).TrySetResult();
    }

    /// <summary>Something may have been missed.</summary>
    public void HearAll()
    {
        foreach (var topic in Enum.GetValues<NewsTopic>())
        {
            Hear(topic);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Topic
    {
        public int Count;

        public TaskCompletionSource Next = New();
    }
}
