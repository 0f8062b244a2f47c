namespace OpsConsole.Core.AuditTrail.Receiving;

/// <summary>
/// How much of the HTTP API is under way at once. What does not fit waits in a short line, a line for each source, and the sources take turns; when
/// the lines are full, the longest gives way. So memory is bounded, a refusal comes quickly, and a source that sends too much is the one that is refused.
/// </summary>
/// <param name="room">Weight that may be under way at once.</param>
/// <param name="most">Requests that may wait.</param>
/// <param name="patience">How long one may wait.</param>
/// <param name="time">Clock.</param>
public sealed class ReceivingGate(int room, int most, TimeSpan patience, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LinkedList<Waiter>> _lines = [];
    private readonly Queue<Guid> _turns = new();
    private int _used;
    private int _waiting;

    /// <summary>Weight under way.</summary>
    public int Used
    {
        get
        {
            lock (_lock)
            {
                return _used;
            }
        }
    }

    /// <summary>Requests in the lines.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting;
            }
        }
    }

    /// <summary>Lets one request in, now or after a short wait.</summary>
    /// <param name="source">Whose request.</param>
    /// <param name="weight">What it takes of the room; at most all of it is reckoned.</param>
    /// <param name="cancellationToken">The sender has gone.</param>
    /// <returns>To be disposed of when the request is done; null when it is refused.</returns>
    public async Task<IDisposable?> EnterAsync(Guid source, int weight, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(source, Math.Clamp(weight, 1, room));
        lock (_lock)
        {
            if (_waiting == 0 && _used + waiter.Weight <= room)
            {
                _used += waiter.Weight;
                return new Pass(this, waiter.Weight);
            }

            if (_waiting >= most && !MakeWay(source))
            {
                return null;
            }

            Join(waiter);
        }

        try
        {
            return await waiter.Turn.Task.WaitAsync(patience, time, cancellationToken) ? new Pass(this, waiter.Weight) : null;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            lock (_lock)
            {
                if (Leave(waiter))
                {
                    return e is TimeoutException ? null : throw new OperationCanceledException(cancellationToken);
                }
            }

            // Its turn, or its refusal, came at the same moment.
            return await waiter.Turn.Task ? new Pass(this, waiter.Weight) : null;
        }
    }

    // The last of the longest line goes, unless that is the newcomer's own.
    private bool MakeWay(Guid source)
    {
        var own = _lines.GetValueOrDefault(source)?.Count ?? 0;
        var longest = _lines.Values.MaxBy(static line => line.Count);
        if (longest is not { Last.Value: var last } || longest.Count <= own + 1)
        {
            return false;
        }

        Leave(last);
        last.Turn.TrySetResult(false);
        return true;
    }

    private void Join(Waiter waiter)
    {
        if (!_lines.TryGetValue(waiter.Source, out var line))
        {
            _lines[waiter.Source] = line = new LinkedList<Waiter>();
            _turns.Enqueue(waiter.Source);
        }

        waiter.Place = line.AddLast(waiter);
        _waiting++;
    }

    // Its source stays in the order of turns, which drops it when it comes by.
    private bool Leave(Waiter waiter)
    {
        if (waiter.Place is not { List: { } line } place)
        {
            return false;
        }

        line.Remove(place);
        _waiting--;
        return true;
    }

    private void Return(int weight)
    {
        lock (_lock)
        {
            _used -= weight;
            while (_turns.TryPeek(out var source))
            {
                var line = _lines[source];
                if (line.First is not { Value: var next })
                {
                    _turns.Dequeue();
                    _lines.Remove(source);
                    continue;
                }

                if (_used + next.Weight > room)
                {
                    return;
                }

                Leave(next);
                _used += next.Weight;
                next.Turn.TrySetResult(true);
                _turns.Enqueue(_turns.Dequeue());
            }
        }
    }

    private sealed class Waiter(Guid source, int weight)
    {
        public Guid Source => source;

        public int Weight => weight;

        public TaskCompletionSource<bool> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Waiter>? Place { get; set; }
    }

    private sealed class Pass(ReceivingGate gate, int weight) : IDisposable
    {
        private int _gone;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _gone, 1) == 0)
            {
                gate.Return(weight);
            }
        }
    }
}
