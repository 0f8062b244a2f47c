using System.Collections.Concurrent;

namespace OpsConsole.Core.AuditTrail.Receiving;

/// <summary>
/// Appends what arrives at the same time in one transaction: while one group of a source is being committed, its next one gathers. A request that comes
/// alone is appended at once; a thousand that come together cost a few commits. Each is answered after the commit that it was in.
/// One group of a source at a time: two of them could hold the same ids in another order, and wait for each other.
/// </summary>
/// <param name="appender">Where to.</param>
public sealed class GroupedAppends(IAuditAppender appender) : IDisposable
{
    /// <summary>Groups that are committed at the same time: what is more takes connections from those who look.</summary>
    public const int AtOnce = 8;

    private const int MostEvents = 1000;
    private readonly ConcurrentDictionary<(AuditVia Via, string By), Lane> _lanes = new();
    private readonly SemaphoreSlim _slots = new(AtOnce);

    /// <inheritdoc />
    public void Dispose() => _slots.Dispose();

    /// <summary>Appends the events of one request: see <see cref="IAuditAppender.AppendAsync"/>.</summary>
    /// <param name="events">1 to 1000.</param>
    /// <param name="via">Which way they came in.</param>
    /// <param name="appendedBy">Who appends.</param>
    /// <param name="cancellationToken">Takes them back while their group has not begun.</param>
    /// <exception cref="AuditUnavailableException">Nothing was recorded.</exception>
    public Task<IReadOnlyList<AppendResult>> AppendAsync(IReadOnlyList<AuditEvent> events, AuditVia via, string appendedBy, CancellationToken cancellationToken)
    {
        var request = new Request(events, new(TaskCreationOptions.RunContinuationsAsynchronously), cancellationToken);
        var lane = _lanes.GetOrAdd((via, appendedBy), static _ => new Lane());
        lock (lane)
        {
            lane.Waiting.Enqueue(request);
            if (lane.Runs)
            {
                return request.Done.Task;
            }

            lane.Runs = true;
        }

        // A lane may run for hours: it must not carry on the trace of the request that happened to start it.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(lane, via, appendedBy), CancellationToken.None);
        }

        return request.Done.Task;
    }

    private async Task RunAsync(Lane lane, AuditVia via, string appendedBy)
    {
        while (true)
        {
            await _slots.WaitAsync(CancellationToken.None);
            try
            {
                if (Take(lane) is not { } group)
                {
                    return;
                }

                await AppendAsync(group, via, appendedBy);
            }
            finally
            {
                _slots.Release();
            }
        }
    }

    // Whole requests, as many as fit; null when nothing waits, and then the lane has stopped.
    private static List<Request>? Take(Lane lane)
    {
        lock (lane)
        {
            var (group, events) = (new List<Request>(), 0);
            while (lane.Waiting.TryPeek(out var next) && (group.Count == 0 || events + next.Events.Count <= MostEvents))
            {
                lane.Waiting.Dequeue();
                if (next.CancellationToken.IsCancellationRequested)
                {
                    next.Done.TrySetCanceled(next.CancellationToken);
                    continue;
                }

                group.Add(next);
                events += next.Events.Count;
            }

            lane.Runs = group.Count > 0;
            return lane.Runs ? group : null;
        }
    }

    private async Task AppendAsync(List<Request> group, AuditVia via, string appendedBy)
    {
        try
        {
            var results = await appender.AppendAsync([.. group.SelectMany(static r => r.Events)], via, appendedBy, CancellationToken.None);
            var at = 0;
            foreach (var request in group)
            {
                request.Done.TrySetResult([.. results.Skip(at).Take(request.Events.Count)]);
                at += request.Events.Count;
            }
        }
        catch (Exception e) when (group.Count == 1 || e is AuditUnavailableException)
        {
            group.ForEach(request => request.Done.TrySetException(e));
        }
        catch (Exception)
        {
            // One of them is to blame, and the others are not.
            foreach (var request in group)
            {
                await AppendAsync([request], via, appendedBy);
            }
        }
    }

    private sealed record Request(IReadOnlyList<AuditEvent> Events, TaskCompletionSource<IReadOnlyList<AppendResult>> Done, CancellationToken CancellationToken);

    private sealed class Lane
    {
        public Queue<Request> Waiting { get; } = [];

        public bool Runs { get; set; }
    }
}
