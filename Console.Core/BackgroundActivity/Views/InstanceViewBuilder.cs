using System.Globalization;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Views;

/// <summary>Collects the rows of one instance and puts its life together.</summary>
internal sealed class InstanceViewBuilder(Analysis analysis, int instance)
{
    // A request that the crash ends is logged a little after the message about the crash.
    private const long CrashSlackNs = 1_000_000_000;
    private const long MinuteNs = 60_000_000_000;

    private readonly LogTable _table = analysis.Table;
    private readonly List<int> _requests = [];
    private readonly List<int> _lines = [];

    public InstanceView Build()
    {
        Collect();
        var revision = _requests.Count > 0 ? _table.Requests[_requests[0]].Revision : _lines.Count > 0 ? _table.Lines[_lines[0]].Revision : -1;
        var late = _lines.Where(IsBackground).ToList();
        var platform = _lines.Where(line => _table.Lines[line].Kind == LineKind.Platform).Select(Mark).ToList();
        var freezes = RequestView.FreezesOf(analysis, _lines);
        var wakers = freezes.Select(static f => f.WakingRequest).ToHashSet();
        var lateOf = late.Where(line => analysis.RequestOf[line] >= 0).GroupBy(line => analysis.RequestOf[line]).ToDictionary(static g => g.Key, static g => g.ToList());
        RequestBar Bar(int request) => EntryReading.Bar(analysis, request) with
        {
            Wakes = wakers.Contains(request),
            LateLines = lateOf.TryGetValue(request, out var own) ? own.Count : 0,
        };

        var (death, diedNs) = Death();
        var start = _lines.FindIndex(line => _table.Lines[line].Platform == PlatformMessage.Starting);
        List<RequestBar> aboard = [], lateAboard = [];
        if (death != DeathCause.None)
        {
            aboard.AddRange(_requests.Where(r => InFlight(r, diedNs)).Take(InstanceView.MaxShown).Select(Bar));
            lateAboard.AddRange(_requests
                .Where(r => !InFlight(r, diedNs) && lateOf.TryGetValue(r, out var own)
                    && own.Exists(line => _table.Lines[line].TimestampNs <= diedNs && _table.Lines[line].TimestampNs >= diedNs - MinuteNs))
                .Take(InstanceView.MaxShown)
                .Select(Bar));
        }

        var bars = EntryReading.InLanes(_requests.Take(InstanceView.MaxShown).Select(Bar));
        var startReason = start < 0 ? "" : EntryReading.Mark(analysis, _lines[start]).Text;
        return new InstanceView
        {
            Instance = _table.Instances[instance],
            Revision = revision < 0 ? default : _table.Revisions[revision],
            From = UnixTime.FromNs(FirstNs()),
            To = UnixTime.FromNs(LastNs()),
            StartReason = startReason,
            StartedAt = start < 0 ? null : UnixTime.FromNs(_table.Lines[_lines[start]].TimestampNs),
            Requests = bars,
            RequestCount = _requests.Count,
            LateLines = [.. late.Take(InstanceView.MaxShown).Select(Mark)],
            LateLineCount = late.Count,
            PlatformLines = platform,
            LifeLines = [.. _lines.Where(line => analysis.Classes[line] is EntryClass.Startup or EntryClass.Shutdown).Take(InstanceView.MaxShown).Select(Mark)],
            Freezes = freezes,
            Death = death,
            DiedAt = death == DeathCause.None ? null : UnixTime.FromNs(diedNs),
            Aboard = aboard,
            LateWorkAboard = lateAboard,
            Sentence = Sentence(late.Count, freezes, death, aboard.Count, lateAboard.Count),
        };
    }

    private EntryMark Mark(int line) => EntryReading.Mark(analysis, line);

    private bool IsBackground(int line) => EntryReading.IsLate(analysis.Classes[line]) || analysis.Classes[line] == EntryClass.IdleInstance;

    private bool InFlight(int request, long atNs) =>
        analysis.RequestStartNs[request] <= atNs && analysis.RequestEndNs[request] >= atNs - CrashSlackNs;

    private void Collect()
    {
        for (var i = 0; i < _table.Requests.Count; i++)
        {
            if (_table.Requests[i].Instance == instance && analysis.RequestEndNs[i] != 0)
            {
                _requests.Add(i);
            }
        }

        for (var i = 0; i < _table.Lines.Count; i++)
        {
            if (_table.Lines[i].Instance == instance)
            {
                _lines.Add(i);
            }
        }

        _requests.Sort((a, b) => RequestView.Compare(analysis.RequestStartNs[a], analysis.RequestStartNs[b], a, b));
        _lines.Sort((a, b) => RequestView.Compare(_table.Lines[a].TimestampNs, _table.Lines[b].TimestampNs, a, b));
    }

    private long FirstNs() => Math.Min(
        _requests.Count > 0 ? analysis.RequestStartNs[_requests[0]] : long.MaxValue,
        _lines.Count > 0 ? _table.Lines[_lines[0]].TimestampNs : long.MaxValue) is var first and not long.MaxValue ? first : 0;

    private long LastNs() => Math.Max(
        _requests.Count > 0 ? _requests.Max(r => analysis.RequestEndNs[r]) : 0,
        _lines.Count > 0 ? _table.Lines[_lines[^1]].TimestampNs : 0);

    // The first message of the end counts: "Memory limit …" comes before "terminated on signal 9".
    private (DeathCause Cause, long AtNs) Death()
    {
        foreach (var line in _lines)
        {
            ref readonly var row = ref _table.Lines[line];
            var cause = row.Platform switch
            {
                PlatformMessage.MemoryLimitExceeded => DeathCause.OutOfMemory,
                PlatformMessage.TerminatedOnSignal or PlatformMessage.UncaughtSignal => DeathCause.Signal,
                PlatformMessage.CalledExit => DeathCause.Exit,
                PlatformMessage.LivenessProbeFailed => DeathCause.LivenessProbe,
                PlatformMessage.ShuttingDown => DeathCause.OrderlyStop,
                _ => analysis.Classes[line] == EntryClass.Shutdown ? DeathCause.OrderlyStop : DeathCause.None,
            };
            if (cause != DeathCause.None)
            {
                return (cause, row.TimestampNs);
            }
        }

        return (DeathCause.None, 0);
    }

    private string Sentence(int late, IReadOnlyList<Freeze> freezes, DeathCause death, int aboard, int lateAboard)
    {
        var text = $"This instance took {Words.Count(_requests.Count, "request", "requests")}";
        text += late == 0 ? " and logged nothing outside of them." : $", and logged {Words.Count(late, "line", "lines")} outside of them.";
        if (freezes.Count > 0)
        {
            var longest = freezes.Max(static f => (f.To - f.From).TotalSeconds);
            text += $" Its work stood still {(freezes.Count == 1 ? "once" : $"{freezes.Count.ToString(CultureInfo.InvariantCulture)} times")}, the longest time for {Words.Duration(longest)}.";
        }

        text += death switch
        {
            DeathCause.OutOfMemory => " It ended because it used more memory than its limit",
            DeathCause.Signal => " It ended on a signal",
            DeathCause.Exit => " It ended because its program exited",
            DeathCause.LivenessProbe => " It was shut down because its liveness probe failed",
            DeathCause.OrderlyStop => " It was stopped in order",
            _ => "",
        };
        return death == DeathCause.None
            ? text
            : text + (aboard == 0 ? "; no request was in flight" : $" with {Words.Count(aboard, "request", "requests")} in flight")
                + (lateAboard == 0 ? "." : $", and the work of {Words.Count(lateAboard, "answered request", "answered requests")} may have been cut off.");
    }
}
