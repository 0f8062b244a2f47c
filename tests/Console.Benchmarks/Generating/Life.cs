namespace OpsConsole.Benchmarks.Generating;

/// <summary>
/// The life of one instance: start, requests in bursts, their lines, work that goes on after responses, cron, stop. Knows the
/// truth about each line, since it made it.
/// </summary>
internal sealed class Life(Profile profile, int instance, long startNs, int entries)
{
    private const long Second = 1_000_000_000;
    private const double Jitter = 0.005;

    private readonly List<Req> _requests = [];
    private readonly List<(Req Request, int Steps)> _works = [];
    private long[] _latestEnd = [];

    public List<Ev> Events { get; } = [];

    public void Run(ref Rng rng)
    {
        Start(ref rng, out var ready, out var first);
        Requests(ref rng, ready, first);
        _requests.Sort((a, b) => a.Start.CompareTo(b.Start));
        _latestEnd = new long[_requests.Count];
        var latest = 0L;
        for (var i = 0; i < _requests.Count; i++)
        {
            latest = _latestEnd[i] = Math.Max(latest, _requests[i].End);
        }

        foreach (var (request, steps) in _works)
        {
            Background(ref rng, request, steps);
        }

        var last = Math.Max(latest, Events.Max(e => e.TrueNs));
        if (profile.Cron > 0)
        {
            last = Cron(ref rng, ready, last);
        }

        Stop(ref rng, last);
        Judge();
    }

    private static long Ns(double seconds) => (long)(seconds * 1e9);

    private void Start(ref Rng rng, out long ready, out Req first)
    {
        // The first request waits for the instance; in half of the cases its latency leaves that wait out.
        var wait = Ns(rng.Between(1.2, 9));
        var handling = Ns(0.02 + rng.Exp(profile.Latency));
        ready = startNs + wait;
        first = NewRequest(ref rng, startNs);
        first.HandlerStart = ready;
        first.End = ready + handling;
        first.LatencyNs = rng.Chance(0.5) ? handling : wait + handling;
        Write(ref rng, first);
        System(ref rng, startNs + Ns(0.2), 0);
        var lines = 3 + rng.Below(4);
        for (var i = 0; i < lines; i++)
        {
            Add(ref rng, startNs + Ns(0.3) + (long)(rng.Unit() * (wait - Ns(0.45))), LineShape.Text, (byte)(100 + i), null, Truth.Startup);
        }

        System(ref rng, ready - Ns(0.03), 1);
    }

    private void Requests(ref Rng rng, long ready, Req first)
    {
        Lines(ref rng, first);
        var running = new PriorityQueue<int, long>();
        var time = ready + Ns(0.05);
        while (Events.Count < entries)
        {
            var burst = 1 + (int)rng.Exp(profile.Burst);
            for (var i = 0; i < burst && Events.Count < entries; i++)
            {
                time += Ns(rng.Exp(profile.Gap));
                while (running.TryPeek(out _, out var end) && (end <= time || running.Count >= profile.Concurrency))
                {
                    time = Math.Max(time, end + 1000);
                    running.Dequeue();
                }

                if (rng.Chance(0.004))
                {
                    Abort(ref rng, time);
                    continue;
                }

                var request = NewRequest(ref rng, time);
                request.WebSocket = rng.Chance(profile.WebSockets);
                request.HandlerStart = time + Ns(0.001);
                request.LatencyNs = Ns(0.004 + (request.WebSocket ? rng.Exp(20) : rng.Exp(profile.Latency)));
                request.End = time + request.LatencyNs;
                request.Status = request.WebSocket ? 101 : rng.Below(60) switch { 0 => 500, 1 => 404, 2 => 304, 3 => 204, _ => 200 };
                Write(ref rng, request);
                Lines(ref rng, request);
                running.Enqueue(0, request.End);
                if (rng.Chance(profile.Background))
                {
                    _works.Add((request, 2 + rng.Below(7)));
                }
            }

            time += Ns(2 + rng.Exp(profile.Pause));
        }
    }

    private Req NewRequest(ref Rng rng, long start)
    {
        var request = new Req
        {
            Instance = instance,
            Start = start,
            TraceHigh = rng.Next() | 1,
            TraceLow = rng.Next() | 1,
            Span = rng.Next() | 1,
            Route = rng.Below(EntryWriter.Routes),
            Traced = rng.Chance(profile.Traced),
            Spanned = rng.Chance(profile.Spanned),
        };
        if (_requests.Count > 0 && rng.Chance(profile.SharedTraces))
        {
            (request.TraceHigh, request.TraceLow) = (_requests[^1].TraceHigh, _requests[^1].TraceLow);

            // Lines then tell their request by the span, too.
            request.Spanned = request.Traced;
            _requests[^1].Spanned |= _requests[^1].Traced;
        }

        _requests.Add(request);
        return request;
    }

    private void Write(ref Rng rng, Req request)
    {
        // Write time after the end: median 1.8 ms, now and then some tens of milliseconds.
        request.WriteNs = request.End + Ns(0.0012 + rng.Exp(rng.Chance(0.06) ? 0.03 : 0.0012));
        request.WriteTail = (uint)rng.Next();
        Events.Add(new Ev
        {
            TrueNs = request.End,
            TimestampNs = request.Start,
            WriteNs = request.WriteNs,
            Tail = request.WriteTail,
            Instance = instance,
            Owner = request,
            Shape = LineShape.Request,
        });
    }

    // Platform aborts: no instance, latency 0s, a text.
    private void Abort(ref Rng rng, long time)
    {
        var request = NewRequest(ref rng, time);
        _requests.RemoveAt(_requests.Count - 1);
        request.Aborted = true;
        request.Status = rng.Chance(0.5) ? 429 : 500;
        request.End = time + Ns(rng.Between(0.5, 10));
        Write(ref rng, request);
    }

    private void Lines(ref Rng rng, Req request)
    {
        var span = request.End - request.HandlerStart;
        var count = 1 + rng.Below((profile.LinesPerRequest * 2) - 1);
        var shape = profile.Json ? LineShape.Json : LineShape.Text;
        for (var i = 0; i < count; i++)
        {
            Add(ref rng, request.HandlerStart + (long)(rng.Between(0.03, 0.97) * span), shape, (byte)rng.Below(24), request, Truth.InRequest);
        }

        if (request.WebSocket)
        {
            Add(ref rng, request.End + Ns(rng.Between(0.001, 0.01)), shape, 40, request, Truth.Boundary);
        }
        else if (profile.Access > 0)
        {
            Add(ref rng, request.End + Ns(0.0008 + rng.Exp(0.0006)), LineShape.Access, (byte)profile.Access, request, Truth.Boundary);
        }
    }

    private void Background(ref Rng rng, Req request, int steps)
    {
        var time = request.End;
        var shape = profile.Json ? LineShape.Json : LineShape.Text;
        var slot = instance * 7919L % 100_000_000;
        for (var i = 0; i < steps; i++)
        {
            var needed = Ns(0.05 + rng.Exp(profile.Step));
            var froze = false;
            if (!profile.RequestBased)
            {
                time += needed;
            }
            else if (profile.Crawls)
            {
                // A twentieth of the CPU, given in one slot of each period of 100 ms.
                time += needed * 5;
                time = (time / 100_000_000 * 100_000_000) + slot + Ns(rng.Between(0, 0.004));
            }
            else
            {
                time = Run(time, needed, out froze);
                if (time < 0)
                {
                    return;
                }
            }

            Events.Add(Make(ref rng, time, shape, (byte)(50 + (request.Route % 4 * 10) + Math.Min(i, 8)), request, Truth.AfterResponse) with
            {
                Background = true,
                AfterFreeze = froze,
            });
        }
    }

    /// <summary>When work that began at a time is done if it runs only while a request is in flight; -1 when never.</summary>
    private long Run(long time, long needed, out bool froze)
    {
        froze = false;
        while (true)
        {
            var until = BusyUntil(time);
            if (until > time)
            {
                if (until - time >= needed)
                {
                    return time + needed;
                }

                needed -= until - time;
                time = until;
            }

            var next = _requests.BinarySearchAfter(time);
            if (next < 0)
            {
                return -1;
            }

            froze |= _requests[next].Start - time > Second;
            time = Math.Max(_requests[next].HandlerStart, time + 1);
        }
    }

    private long BusyUntil(long time)
    {
        var until = time;
        for (var i = _requests.CountStarted(time) - 1; i >= 0 && _latestEnd[i] > time; i--)
        {
            until = Math.Max(until, _requests[i].End);
        }

        return until;
    }

    private long Cron(ref Rng rng, long ready, long last)
    {
        var end = last + Ns(rng.Between(20, 120));
        for (var time = ready + Ns(profile.Cron); time < end; time += Ns(profile.Cron))
        {
            Events.Add(Make(ref rng, time + Ns(rng.Between(0, 0.01)), LineShape.Text, 45, null, Truth.None) with { Background = true });
        }

        return end;
    }

    private void Stop(ref Rng rng, long last)
    {
        var stop = last + Ns(rng.Between(280, 930));
        if (rng.Chance(0.2))
        {
            System(ref rng, stop - Ns(0.05), 2);
        }

        var lines = 1 + rng.Below(3);
        for (var i = 0; i < lines; i++)
        {
            Add(ref rng, stop + Ns(0.02 * i) + Ns(rng.Between(0, 0.01)), LineShape.Text, (byte)(110 + i), null, Truth.Shutdown);
        }
    }

    private void System(ref Rng rng, long time, byte text) => Add(ref rng, time, LineShape.System, text, null, Truth.None);

    private void Add(ref Rng rng, long time, LineShape shape, byte text, Req? owner, Truth truth) =>
        Events.Add(Make(ref rng, time, shape, text, owner, truth));

    private Ev Make(ref Rng rng, long time, LineShape shape, byte text, Req? owner, Truth truth)
    {
        var written = shape == LineShape.System ? time : time + Ns(rng.Between(-Jitter, Jitter));
        return new Ev
        {
            TrueNs = time,
            TimestampNs = written / 1000 * 1000,
            WriteNs = written,
            Tail = (uint)rng.Next(),
            Instance = instance,
            Owner = owner,
            Shape = shape,
            Text = text,
            Truth = truth,
        };
    }

    /// <summary>The truth as far as perfect logs of this world could tell it, by the definitions of the classes.</summary>
    private void Judge()
    {
        foreach (ref var line in global::System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Events))
        {
            if (line.Shape is LineShape.Request or LineShape.System || line.Truth is Truth.Startup or Truth.Shutdown)
            {
                continue;
            }

            if (line.Owner is { } owner && (owner.Traced || owner.Spanned || line.Shape == LineShape.Access))
            {
                line.Named = owner;
                line.Truth = line.TrueNs <= owner.End ? Truth.InRequest
                    : !line.Background ? Truth.Boundary
                    : line.AfterFreeze ? Truth.Resumed
                    : Truth.AfterResponse;
                continue;
            }

            JudgeByTime(ref line);
        }
    }

    private void JudgeByTime(ref Ev line)
    {
        var inFlight = 0;
        Req? one = null;
        Req? before = null;
        for (var i = _requests.CountStarted(line.TrueNs) - 1; i >= 0; i--)
        {
            if (_requests[i].End > line.TrueNs)
            {
                inFlight++;
                one = _requests[i];
            }
            else if (before is null || _requests[i].End > before.End)
            {
                before = _requests[i];
            }

            if (_latestEnd[i] <= line.TrueNs && before is not null && before.End == _latestEnd[i])
            {
                break;
            }
        }

        if (inFlight > 0)
        {
            line.Truth = line.Background && line.AfterFreeze ? Truth.Resumed : inFlight == 1 ? Truth.InRequest : Truth.Unattributed;
            line.Named = line.Truth == Truth.Resumed ? line.Owner : inFlight == 1 ? one : null;
            return;
        }

        var near = before is not null && line.TrueNs - before.End < Ns(0.1);
        line.Truth = near ? Truth.Boundary : Truth.IdleInstance;
        line.Named = near ? before : null;
    }
}
