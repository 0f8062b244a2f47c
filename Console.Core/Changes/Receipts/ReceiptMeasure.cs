using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>Counts what log entries of one window show, by revision. Pure: it reads no clock and asks nobody.</summary>
internal sealed class ReceiptMeasure
{
    private readonly Dictionary<string, Draft> _revisions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InstanceSize> _sizes = new(StringComparer.Ordinal);
    private readonly PriceTier? _rates;
    private readonly TimeSpan _length;

    private ReceiptMeasure(IReadOnlyList<Revision> revisions, string region, TimeSpan length)
    {
        _rates = PriceTier.Of(region);
        _length = length;
        foreach (var revision in revisions)
        {
            if (revision.CpuMillis() is { } cpu && revision.MemoryBytes() is { } memory)
            {
                _sizes[revision.Name.Id] = new InstanceSize(cpu / 1000m, memory / (decimal)(1L << 30), revision.BillingMode == BillingMode.InstanceBased, 0, false);
            }
        }
    }

    /// <summary>True where Cloud Run's own messages are among the entries.</summary>
    public bool HasPlatform { get; private set; }

    /// <summary>Names of the revisions that are in the entries.</summary>
    public IEnumerable<string> Revisions => _revisions.Keys;

    /// <summary>Counts.</summary>
    /// <param name="service">The service.</param>
    /// <param name="entries">Entries as they came; those of other services are passed over.</param>
    /// <param name="from">Start of the window, inclusive.</param>
    /// <param name="to">End of the window, exclusive.</param>
    /// <param name="revisions">Its revisions, as far as they are known: their settings decide what is at risk and what it costs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static ReceiptMeasure Of(
        ResourceName service, IEnumerable<ReadOnlyMemory<byte>> entries, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<Revision> revisions, CancellationToken cancellationToken)
    {
        var builder = new LogTableBuilder();
        foreach (var entry in entries)
        {
            builder.Add(entry);
        }

        using var table = builder.Build();
        var options = new CorrelatorOptions
        {
            Settings = revisions.DistinctBy(static r => r.Name.Id, StringComparer.Ordinal).ToDictionary(
                r => new RevisionKey(service.Project, service.Location, service.Id, r.Name.Id), static r => new RevisionSettings(r.BillingMode, r.MaxInstanceRequestConcurrency)),
            Findings = false,
            Probable = false,
            Bases = false,
            Threads = 1,
        };
        var analysis = Correlator.Analyse(table, options, cancellationToken);
        var measure = new ReceiptMeasure(revisions, service.Location, to - from);
        measure.Count(analysis, service, UnixTime.ToNs(from), UnixTime.ToNs(to));
        return measure;
    }

    /// <summary>The numbers of one revision; zeros where the entries do not name it.</summary>
    public ReceiptNumbers NumbersOf(string revision) =>
        _revisions.TryGetValue(revision, out var draft) ? draft.ToNumbers(AnHour(CostOf(revision, draft))) : new ReceiptNumbers();

    /// <summary>The numbers of the service.</summary>
    /// <param name="kept">What the service keeps whatever the traffic; null where it is not known.</param>
    public ReceiptNumbers Total(InstanceSize? kept)
    {
        var all = new Draft();
        decimal? cost = 0;
        foreach (var (revision, draft) in _revisions)
        {
            all.Add(draft);
            cost += CostOf(revision, draft);
        }

        cost += _rates is null || kept is null ? null : RunningCost.OfKept(kept, _rates, (decimal)_length.TotalSeconds, (decimal)all.Time.Busy, (decimal)all.Time.Alive);
        return all.ToNumbers(AnHour(cost));
    }

    private decimal? CostOf(string revision, Draft draft) =>
        _rates is not null && _sizes.TryGetValue(revision, out var size)
            ? RunningCost.Of(size, _rates, (decimal)draft.Time.Busy, (decimal)draft.Time.Alive, draft.Time.Requests)
            : null;

    private double? AnHour(decimal? cost) => cost is null ? null : Math.Round((double)cost.Value * 3600 / _length.TotalSeconds, 6);

    private void Count(Analysis analysis, ResourceName service, long fromNs, long toNs)
    {
        var table = analysis.Table;
        var drafts = new Draft?[table.Revisions.Count];
        for (var i = 0; i < drafts.Length; i++)
        {
            if (table.Revisions[i] is var key && key.Service == service.Id && (key.Location.Length == 0 || key.Location == service.Location) && key.Revision.Length > 0)
            {
                _revisions[key.Revision] = drafts[i] = new Draft();
            }
        }

        var times = InstanceTime.ByRevision(analysis, fromNs, toNs);
        for (var i = 0; i < drafts.Length; i++)
        {
            drafts[i]?.Time = times[i];
        }

        var ready = CountLines(analysis, drafts, fromNs, toNs);
        for (var i = 0; i < table.Requests.Count; i++)
        {
            ref readonly var row = ref table.Requests[i];
            var start = analysis.RequestStartNs[i];
            if (start >= fromNs && start < toNs && drafts[row.Revision] is { } draft)
            {
                draft.Add(row, analysis.RequestEndKinds[i], waited: row.Instance >= 0 && start < ready[row.Instance]);
            }
        }

        foreach (var summary in analysis.Revisions)
        {
            if (_revisions.TryGetValue(summary.Key.Revision, out var draft) && summary.Key.Service == service.Id)
            {
                draft.Lost += summary.ProbablyLost;
            }
        }

        foreach (var (name, draft) in _revisions.Where(static r => r.Value.IsEmpty).ToList())
        {
            _revisions.Remove(name);
        }
    }

    /// <summary>Counts lines; says by instance when it was ready, as far as Cloud Run's messages tell.</summary>
    private long[] CountLines(Analysis analysis, Draft?[] drafts, long fromNs, long toNs)
    {
        var table = analysis.Table;
        var ready = new long[table.Instances.Count];
        for (var i = 0; i < table.Lines.Count; i++)
        {
            ref readonly var line = ref table.Lines[i];
            if (line.Revision < 0 || drafts[line.Revision] is not { } draft)
            {
                continue;
            }

            var inside = line.TimestampNs >= fromNs && line.TimestampNs < toNs;
            if (line.Kind == LineKind.Platform)
            {
                HasPlatform |= inside;
                draft.ColdStarts += inside && line.Platform == PlatformMessage.Starting ? 1 : 0;
                if (line.Platform == PlatformMessage.StartupProbeSucceeded && line.Instance >= 0)
                {
                    ready[line.Instance] = ready[line.Instance] == 0 ? line.TimestampNs : Math.Min(ready[line.Instance], line.TimestampNs);
                }
            }
            else if (inside && analysis.Classes[i] is EntryClass.AfterResponse or EntryClass.Resumed)
            {
                draft.Background++;
                draft.AtRisk += _sizes.TryGetValue(table.Revisions[line.Revision].Revision, out var size) && !size.CpuAlways ? 1 : 0;
            }
        }

        return ready;
    }

    private sealed class Draft
    {
        private readonly List<long> _latencies = [];
        private int _requests;
        private int _errors;
        private int _tooMany;
        private int _victims;

        public int ColdStarts { get; set; }

        public int Background { get; set; }

        public int AtRisk { get; set; }

        public int Lost { get; set; }

        public InstanceTime Time { get; set; }

        public bool IsEmpty => _requests + ColdStarts + Background == 0 && Time == default;

        public void Add(in RequestRow row, EndKind end, bool waited)
        {
            _requests++;
            _errors += row.Status >= 500 ? 1 : 0;
            _tooMany += row.Status == 429 ? 1 : 0;
            _victims += waited ? 1 : 0;

            // A WebSocket's latency is how long it was open.
            if (end != EndKind.Aborted && row.LatencyNs >= 0 && row.Status != 101)
            {
                _latencies.Add(row.LatencyNs);
            }
        }

        public void Add(Draft other)
        {
            _latencies.AddRange(other._latencies);
            _requests += other._requests;
            _errors += other._errors;
            _tooMany += other._tooMany;
            _victims += other._victims;
            ColdStarts += other.ColdStarts;
            Background += other.Background;
            AtRisk += other.AtRisk;
            Lost += other.Lost;
            Time = new InstanceTime(Time.Busy + other.Time.Busy, Time.Alive + other.Time.Alive, Time.Requests + other.Time.Requests);
        }

        public ReceiptNumbers ToNumbers(double? dollarsAnHour)
        {
            _latencies.Sort();
            return new ReceiptNumbers
            {
                Requests = _requests,
                Errors = _errors,
                TooMany = _tooMany,
                P50Milliseconds = Percentile(0.50),
                P95Milliseconds = Percentile(0.95),
                ColdStarts = ColdStarts,
                ColdStartVictims = _victims,
                Background = Background,
                AtRisk = AtRisk,
                Lost = Lost,
                InstanceSeconds = Math.Round(Time.Alive, 3),
                BusySeconds = Math.Round(Time.Busy, 3),
                DollarsAnHour = dollarsAnHour,
            };
        }

        // Nearest rank: the smallest latency that at least this share does not exceed.
        private double? Percentile(double share) =>
            _latencies.Count == 0 ? null : Math.Round(_latencies[Math.Max(0, (int)Math.Ceiling(share * _latencies.Count) - 1)] / 1e6, 3);
    }
}
