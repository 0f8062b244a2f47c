using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Classifies the lines of one instance after the other: one pass over lines and requests in time order, with the requests
/// in flight kept as a count and the XOR of their numbers (which is the number itself when exactly one is in flight).
/// One sweep a thread; its arrays are used again.
/// </summary>
internal sealed class InstanceSweep(LogTable table, RequestEnds ends, Results results, UnplacedRequests unplaced, SweepOptions options)
{
    private readonly InstanceWork _work = new(table, ends);
    private readonly LineJoins _joins = new(table, ends, results, unplaced);
    private readonly AccessLines _access = new(table);
    private readonly BusyPeriods _busy = new();
    private readonly ToleranceEstimate _estimate = new();
    private readonly ThrottleFingerprint _fingerprint = new();
    private Tolerances _tolerances;
    private InstanceLife _life;
    private int _instance;

    // Whether lines before the first request are those of a start: else earlier requests may be missing.
    private bool _sawStart;

    /// <summary>Resumed lines met by this sweep.</summary>
    public List<(int Line, Resumption Resumption)> Resumed { get; } = [];

    /// <summary>By revision: lines that were idle when they were met. Some of them turn out to be part of a stop.</summary>
    public IdleLines?[] Idle { get; } = new IdleLines?[table.Revisions.Count];

    /// <summary>Rows that stand in the input twice.</summary>
    public Copies Copies { get; } = new(table);

    /// <summary>Lines by revision and class.</summary>
    public long[] Counts { get; } = new long[table.Revisions.Count * EntryClasses.Count];

    public void Run(int instance, ReadOnlySpan<int> lines, ReadOnlySpan<int> requests)
    {
        _instance = instance;
        _work.Load(lines, requests);
        Copies.AddLines(_work.Times.AsSpan(0, _work.LineCount), _work.Lines.AsSpan(0, _work.LineCount));
        Copies.AddRequests(_work.Starts.AsSpan(0, _work.RequestCount), _work.Requests.AsSpan(0, _work.RequestCount));
        _life = InstanceLife.Of(table, _work);
        _sawStart = !options.WarningsOnly
            && (!options.CutByLimit || _life.SawStart || _work.RequestCount == 0 || CutByLimit.SaysStart(table, _work));
        var joined = _joins.Run(_work);
        if (joined.Access)
        {
            _access.Fill(_work);
        }

        _tolerances = options.Forced is { } forced ? Tolerances.Forced(forced) : Estimate(joined.Access, joined.Joined);
        results.Tolerances[instance] = _tolerances;
        _work.SetTolerances(_tolerances);
        _busy.Fill(_work, ends);
        _fingerprint.Clear();
        Classify();
        Stop();
        Finish();
    }

    private Tolerances Estimate(bool anyAccess, bool anyJoined)
    {
        if (_work.RequestCount == 0 || (!anyAccess && !anyJoined))
        {
            return Tolerances.Floors;
        }

        _estimate.Clear();
        for (var i = 0; i < _work.LineCount; i++)
        {
            var row = _work.Lines[i];
            ref readonly var line = ref table.Lines[row];
            var request = results.Requests.Of(row);
            if (line.AccessRouteHash != 0 && results.Classes[row] != EntryClass.Orphan)
            {
                if (request < 0)
                {
                    request = _access.Nearest(line.AccessRouteHash, line.TimestampNs);
                }

                if (request >= 0 && ends.Kind[request] != EndKind.Unknown
                    && table.Requests[request].RouteHash == line.AccessRouteHash)
                {
                    _estimate.AddAccessDelay(Math.Max(0, line.TimestampNs - ends.End[request]));
                }
            }
            else if (request >= 0 && ends.Kind[request] != EndKind.Unknown && line.TimestampNs > ends.End[request])
            {
                _estimate.AddFollow(line.TimestampNs - ends.End[request]);
            }
            else if (request >= 0 && line.TimestampNs - ends.Start[request] <= Rules.LatencyFloor)
            {
                _estimate.AddLead(Math.Max(0, ends.Start[request] - line.TimestampNs));
            }
        }

        return _estimate.Result();
    }

    private void Classify()
    {
        var flight = new FlightCursor(_work, Rules.ClockSlack, _work.EndTimes, _work.EndOrder, Rules.ClockSlack);
        var near = new FlightCursor(_work, Rules.StartSlack, _work.LateTimes, _work.LateOrder, 0);
        var idle = new IdleCursor(_work, _busy);
        for (var i = 0; i < _work.LineCount; i++)
        {
            var row = _work.Lines[i];
            if (results.Classes[row] == EntryClass.Platform)
            {
                continue;
            }

            var time = _work.Times[i];
            flight.MoveTo(time);
            near.MoveTo(time);
            idle.MoveTo(time);
            if (results.Classes[row] == EntryClass.InRequest)
            {
                Joined(row, time, in idle);
            }
            else if (results.Classes[row] == EntryClass.Unattributed)
            {
                Untraced(row, time, in flight, in near, in idle);
            }

            idle.SawLine(time);
        }
    }

    /// <summary>A line whose request is known by trace or span: before or after its end?</summary>
    private void Joined(int row, long time, in IdleCursor idle)
    {
        var request = results.Requests.Of(row);
        if (request < 0)
        {
            // Within several requests of one trace: in-request, none named.
            results.Requests.Set(row, -1);
            return;
        }

        ref readonly var line = ref table.Lines[row];
        var isAccess = line.AccessRouteHash != 0 && line.AccessRouteHash == table.Requests[request].RouteHash;
        var tolerance = (table.Requests[request].Instance == _instance ? _tolerances : Tolerances.Floors).Of(ends.Kind[request], table.Requests[request].Flags);
        results.Classes[row] = LineTimes.ClassOf(ends, request, time, options.Forced ?? tolerance, isAccess);
        if (results.Classes[row] != EntryClass.AfterResponse)
        {
            return;
        }

        results.NoteTail(request, time - ends.End[request]);
        if (!options.HasCpu(line.Revision) && idle.WokenAfter(ends.End[request], time, _tolerances.AfterLatency) is { } freeze)
        {
            results.Classes[row] = EntryClass.Resumed;
            Resumed.Add((row, freeze));
        }
        else if (!idle.IsBusy)
        {
            _fingerprint.Add(time, idle.Period);
        }
    }

    /// <summary>A line that only instance and time can place.</summary>
    private void Untraced(int row, long time, in FlightCursor flight, in FlightCursor near, in IdleCursor idle)
    {
        if (time < _life.ReadyNs)
        {
            Put(row, EntryClass.Startup, Basis.InstanceLife);
            return;
        }

        if (_work.RequestCount == 0)
        {
            Put(row, EntryClass.Unattributed, Basis.None);
            _fingerprint.Add(time, 0);
            return;
        }

        if (time < _work.Starts[0] - Rules.StartSlack)
        {
            Put(row, _sawStart ? EntryClass.Startup : EntryClass.Unattributed, _sawStart ? Basis.InstanceLife : Basis.None);
            return;
        }

        var access = table.Lines[row].AccessRouteHash;
        if (access != 0 && AccessLine(row, access, time))
        {
            return;
        }

        if (flight.Count > 1)
        {
            Put(row, EntryClass.Unattributed, Basis.None);
        }
        else if (flight.Count == 1)
        {
            InFlight(row, time, _work.Requests[flight.Only]);
        }
        else if (near.Count > 0)
        {
            var request = near.Count == 1 ? _work.Requests[near.Only] : -1;
            var starting = request >= 0 && time < ends.Start[request];
            Put(row, starting ? EntryClass.InRequest : EntryClass.Boundary, starting ? Basis.OnlyRequestInFlight : Basis.NoRequestInFlight, request);
        }
        else if (time >= _life.StopNs)
        {
            Put(row, EntryClass.Shutdown, Basis.InstanceLife);
        }
        else if (access != 0)
        {
            // A server answered somebody: a health check, or a request whose entry is not in the window. Not background work.
            Put(row, EntryClass.Boundary, Basis.AccessLine);
        }
        else if (options.WarningsOnly)
        {
            Put(row, EntryClass.Unattributed, Basis.None);
            _fingerprint.Add(time, idle.Period);
        }
        else
        {
            Put(row, EntryClass.IdleInstance, Basis.NoRequestInFlight);
            if (options.Probable)
            {
                (Idle[table.Lines[row].Revision] ??= new IdleLines()).Add(row, idle.Distance, idle.OnlyRequest, idle.Isolation);
            }

            _fingerprint.Add(time, idle.Period);
        }
    }

    private void InFlight(int row, long time, int request)
    {
        if (ends.Kind[request] == EndKind.Unknown && time > ends.SureEnd[request] + Rules.StartSlack)
        {
            // Nobody knows when that request ended: it may be the line's, or long gone.
            Put(row, EntryClass.Unattributed, Basis.None);
            return;
        }

        Put(row, time <= ends.SureEnd[request] ? EntryClass.InRequest : EntryClass.Boundary, Basis.OnlyRequestInFlight, request);
    }

    /// <summary>True when the line is about a request that ended just then.</summary>
    private bool AccessLine(int row, uint route, long time)
    {
        var request = _access.Nearest(route, time);
        if (request == -1)
        {
            return false;
        }

        var inside = request >= 0 && time < ends.SureEnd[request] - Rules.StartSlack;
        Put(row, inside ? EntryClass.InRequest : EntryClass.Boundary, Basis.AccessLine, Math.Max(-1, request));
        return true;
    }

    private void Put(int row, EntryClass entryClass, Basis basis, int request = -1)
    {
        results.Classes[row] = entryClass;
        results.Note(row, basis);
        if (request >= 0)
        {
            results.Requests.Set(row, request);
        }
    }

    /// <summary>The stop that no platform line announces.</summary>
    private void Stop()
    {
        if (_life.StopNs != long.MaxValue)
        {
            return;
        }

        var undecided = _work.RequestCount == 0 || options.WarningsOnly ? EntryClass.Unattributed : EntryClass.IdleInstance;
        var lastEnd = _work.RequestCount == 0 ? long.MinValue : _work.EndTimes[_work.RequestCount - 1];
        var first = StopFinder.Find(table, _work, i => results.Classes[_work.Lines[i]] == undecided, lastEnd);
        if (first < 0)
        {
            return;
        }

        for (var i = first; i < _work.LineCount; i++)
        {
            var row = _work.Lines[i];
            if (results.Classes[row] == undecided)
            {
                Put(row, EntryClass.Shutdown, Basis.InstanceLife);
            }
        }
    }

    private void Finish()
    {
        var containerLines = 0;
        var revision = -1;
        for (var i = 0; i < _work.LineCount; i++)
        {
            var row = _work.Lines[i];
            ref readonly var line = ref table.Lines[row];
            revision = line.Revision;
            Counts[(line.Revision * EntryClasses.Count) + (int)results.Classes[row]]++;
            containerLines += line.Kind == LineKind.Platform ? 0 : 1;
        }

        var writeTimeEnds = 0;
        for (var i = 0; i < _work.RequestCount; i++)
        {
            writeTimeEnds += ends.Kind[_work.Requests[i]] == EndKind.WriteTime ? 1 : 0;
        }

        results.Facts[_instance] = new InstanceFacts(
            _work.RequestCount > 0 ? table.Requests[_work.Requests[0]].Revision : revision,
            _work.RequestCount,
            containerLines,
            writeTimeEnds,
            _fingerprint.IsThrottled(),
            _work.RequestCount > 0 ? _work.EndTimes[_work.RequestCount - 1] : 0,
            _work.LineCount > 0 ? _work.Times[_work.LineCount - 1] : 0);
    }
}
