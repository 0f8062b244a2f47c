using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity;

/// <summary>
/// The rules of docs/background-activity.md, written down once more without any thought of speed: every line is compared with
/// every request. It works on the entries of a world and not on rows, and uses no type of the engine but the class names.
/// Tolerances are passed in (they are tested on their own).
/// </summary>
internal sealed class Oracle(LogWorld world, double afterWrite, double afterLatency)
{
    private const double ClockSlack = 0.010;
    private const double StartSlack = 0.020;
    private const double Rounded = 1.0;
    private const double AccessReach = 0.5;
    private const double AccessAmbiguity = 0.012;
    private const double Freeze = 1.0;

    private readonly List<Known> _requests = [.. world.Requests.Select(Ends).Where(r => !r.Aborted)];

    /// <summary>The class of a line, and the insertId of its request (null for none).</summary>
    public (EntryClass Class, string? Request) Judge(WorldLine line)
    {
        if (line.Platform != PlatformMessage.None)
        {
            return (EntryClass.Platform, null);
        }

        if (line.Trace is not null || line.Span != 0)
        {
            var joined = Joined(line);
            if (joined is not null)
            {
                return joined.Value;
            }
        }

        return line.Instance is null ? (EntryClass.Unattributed, null) : Untraced(line);
    }

    /// <summary>
    /// The request that ended just before, for an idle line that nothing else can explain; null for none. The first rule of probable
    /// requests only: the second one reads texts, and has tests of its own.
    /// </summary>
    public string? Probable(WorldLine line)
    {
        var idle = world.Lines.Where(l => l.Revision == line.Revision && Judge(l).Class == EntryClass.IdleInstance).ToList();
        if (!idle.Contains(line))
        {
            return null;
        }

        // 99 % of them come no later than this after the last end.
        var distances = idle.Select(l => l.At - Stretches(l)[^1].End).Order().ToList();
        var reach = distances[(int)Math.Ceiling(distances.Count * 0.99) - 1];
        var stretches = Stretches(line);
        var since = stretches.Count < 2 ? double.MaxValue : line.At - stretches[^2].End;
        var needed = distances.Count >= 20 ? 2 * reach : Math.Max(2 * reach, Math.Max(60, 8 * (line.At - stretches[^1].End)));
        var own = _requests.Where(r => r.Instance == line.Instance && r.Start >= stretches[^1].Start && r.End <= stretches[^1].End).ToList();
        return own.Count == 1 && since >= needed ? own[0].InsertId : null;
    }

    /// <summary>Busy periods of the line's instance that began before it.</summary>
    private List<(double Start, double End)> Stretches(WorldLine line) =>
        [.. BusyPeriods(line.Instance!).Where(p => p.Start - StartSlack <= line.At)];

    private (EntryClass Class, string? Request)? Joined(WorldLine line)
    {
        if (line.Trace is not null)
        {
            var same = _requests.Where(r => r.Trace == line.Trace && Reaches(r, line)).ToList();
            var choice = Choose(same, line, bySpan: true);
            if (choice.Found)
            {
                return choice.Request is null ? (EntryClass.InRequest, null) : Place(choice.Request, line);
            }
        }

        if (line.Span != 0 && line.Instance is not null)
        {
            var same = _requests.Where(r => r.Span == line.Span && r.Instance == line.Instance).ToList();
            var choice = Choose(same, line, bySpan: false);
            if (choice.Found && choice.Request is not null)
            {
                return Place(choice.Request, line);
            }
        }

        if (line.Trace is not null)
        {
            return (EntryClass.Orphan, null);
        }

        return line.Instance is not null && SpansJoin(line.Instance) ? (EntryClass.Orphan, null) : null;
    }

    /// <summary>Trace and instance must be equal; where one of the two has no instance, the revision.</summary>
    private static bool Reaches(Known request, WorldLine line) =>
        request.Instance is not null && line.Instance is not null ? request.Instance == line.Instance : request.Revision == line.Revision;

    private bool SpansJoin(string instance) => world.Lines.Any(l =>
        l.Instance == instance && l.Platform == PlatformMessage.None && l.Trace is null && l.Span != 0
        && Choose([.. _requests.Where(r => r.Span == l.Span && r.Instance == instance)], l, bySpan: false) is { Found: true, Request: not null });

    private static (bool Found, Known? Request) Choose(List<Known> same, WorldLine line, bool bySpan)
    {
        if (same.Count == 1)
        {
            return line.At >= same[0].Start - Rounded ? (true, same[0]) : (false, null);
        }

        var spans = same.Where(r => bySpan && line.Span != 0 && r.Span == line.Span).ToList();
        if (spans.Count == 1)
        {
            return (true, spans[0]);
        }

        var begun = same.Where(r => line.At >= r.Start - StartSlack).ToList();
        var inFlight = begun.Where(r => line.At <= r.End + ClockSlack).ToList();
        if (inFlight.Count > 1)
        {
            return (true, null);
        }

        if (inFlight.Count == 1)
        {
            return (true, inFlight[0]);
        }

        var ended = begun.OrderBy(r => r.End).ThenBy(r => r.InsertId, StringComparer.Ordinal).LastOrDefault();
        var next = same.Where(r => line.At < r.Start - StartSlack && line.At >= r.Start - Rounded)
            .OrderBy(r => r.Start).ThenBy(r => r.InsertId, StringComparer.Ordinal).FirstOrDefault();
        return ended is not null ? (true, ended) : (next is not null, next);
    }

    private (EntryClass Class, string? Request) Place(Known request, WorldLine line)
    {
        var isAccess = line.Access is not null && line.Access == request.Route;
        var tolerance = request.ByWrite ? afterWrite : afterLatency;
        if (line.At <= request.SureEnd)
        {
            return (isAccess && line.At >= request.SureEnd - StartSlack ? EntryClass.Boundary : EntryClass.InRequest, request.InsertId);
        }

        if (line.At <= request.End + tolerance || isAccess)
        {
            return (EntryClass.Boundary, request.InsertId);
        }

        return (line.Instance is not null && Woken(request, line) ? EntryClass.Resumed : EntryClass.AfterResponse, request.InsertId);
    }

    /// <summary>In a busy period that began after the request's end and after at least a second of silence.</summary>
    private bool Woken(Known request, WorldLine line)
    {
        var periods = BusyPeriods(line.Instance!);
        var current = periods.LastOrDefault(p => p.Start - StartSlack <= line.At);
        if (current == default || current.Start <= request.End || line.At > current.End + afterLatency)
        {
            return false;
        }

        var lastSign = Math.Max(request.End, periods.Where(p => p.End < current.Start).Select(p => p.End).DefaultIfEmpty(double.MinValue).Max());
        foreach (var other in world.Lines.Where(l => l.Instance == line.Instance && l.Platform == PlatformMessage.None))
        {
            if (other.At < current.Start - StartSlack)
            {
                lastSign = Math.Max(lastSign, other.At);
            }
        }

        return current.Start - lastSign >= Freeze - 1e-9;
    }

    private List<(double Start, double End)> BusyPeriods(string instance)
    {
        var periods = new List<(double Start, double End)>();
        foreach (var r in _requests.Where(r => r.Instance == instance).OrderBy(r => r.Start))
        {
            if (periods.Count > 0 && r.Start <= periods[^1].End)
            {
                periods[^1] = (periods[^1].Start, Math.Max(periods[^1].End, r.End));
            }
            else
            {
                periods.Add((r.Start, r.End));
            }
        }

        return periods;
    }

    private (EntryClass Class, string? Request) Untraced(WorldLine line)
    {
        var own = _requests.Where(r => r.Instance == line.Instance).ToList();
        // Probes of several containers of one instance succeed within a minute, and these worlds last 14 seconds.
        var ready = world.Lines.Where(l => l.Instance == line.Instance && l.Platform == PlatformMessage.StartupProbeSucceeded)
            .Select(l => l.At).DefaultIfEmpty(double.MinValue).Max();
        if (line.At < ready)
        {
            return (EntryClass.Startup, null);
        }

        if (own.Count == 0)
        {
            return (EntryClass.Unattributed, null);
        }

        if (line.At < own.Min(r => r.Start) - StartSlack)
        {
            return (EntryClass.Startup, null);
        }

        if (line.Access is not null && AccessLine(own, line) is { } access)
        {
            return access;
        }

        var flight = own.Where(r => r.Start - ClockSlack <= line.At && line.At <= r.End + ClockSlack).ToList();
        if (flight.Count > 1)
        {
            return (EntryClass.Unattributed, null);
        }

        if (flight.Count == 1)
        {
            return (line.At <= flight[0].SureEnd ? EntryClass.InRequest : EntryClass.Boundary, flight[0].InsertId);
        }

        var near = own.Where(r => r.Start - StartSlack <= line.At && line.At <= r.End + (r.ByWrite ? afterWrite : afterLatency)).ToList();
        if (near.Count > 0)
        {
            var only = near.Count == 1 ? near[0] : null;
            return (only is not null && line.At < only.Start ? EntryClass.InRequest : EntryClass.Boundary, only?.InsertId);
        }

        return (line.Access is null ? EntryClass.IdleInstance : EntryClass.Boundary, null);
    }

    private static (EntryClass Class, string? Request)? AccessLine(List<Known> own, WorldLine line)
    {
        var near = own.Where(r => r.Route == line.Access && line.At - r.End <= AccessReach && r.End - line.At <= 0.05)
            .OrderBy(r => Math.Abs(line.At - r.End)).ToList();
        if (near.Count == 0)
        {
            return null;
        }

        if (near.Count > 1 && Math.Abs(line.At - near[1].End) - Math.Abs(line.At - near[0].End) < AccessAmbiguity - 1e-9)
        {
            return (EntryClass.Boundary, null);
        }

        return (line.At < near[0].SureEnd - StartSlack ? EntryClass.InRequest : EntryClass.Boundary, near[0].InsertId);
    }

    private static Known Ends(WorldRequest r)
    {
        var aborted = r.Instance is null && (r.Latency == 0 || (r.Latency is null && r.Text is not null));
        var byLatency = r.At + (r.Latency ?? 0);
        var written = r.Written is { } w && w >= byLatency - 0.001 && (r.Received is null || w <= r.Received + 0.001);
        var end = written ? Math.Max(r.Written!.Value, byLatency) : byLatency;
        return new Known(r.At, Round(r.Latency is null && written ? end : byLatency), Round(end), written, aborted, r.Instance, r.Revision, r.Trace, r.Span, r.Route, r.InsertId);
    }

    // Two sums that are the same instant may differ in their last bits, and of two that end together the insertId decides.
    private static double Round(double seconds) => Math.Round(seconds, 6);

    private sealed record Known(
        double Start, double SureEnd, double End, bool ByWrite, bool Aborted,
        string? Instance, string Revision, string? Trace, ulong Span, string Route, string InsertId);
}
