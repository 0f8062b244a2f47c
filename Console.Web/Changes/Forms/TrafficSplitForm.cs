using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>Traffic by per cent: all to the latest, or split over several revisions.</summary>
public sealed class TrafficSplitForm : ChangeForm
{
    private const string Latest = "latest";
    private const int Most = 8;

    /// <inheritdoc />
    public override string Key => "traffic";

    /// <inheritdoc />
    public override string Group => "Traffic";

    /// <inheritdoc />
    public override string Title => "Traffic by per cent";

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) =>
        string.Join(", ", Wanted(subject.Service!).Where(static w => w.Percent > 0).Select(static w => $"{Text(w.Percent)} % to {(w.Revision.Length == 0 ? "the latest" : w.Revision)}"));

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) =>
        Wanted(subject.Service!) is [{ Revision: "", Percent: 100 }] ? [] : [new RouteToLatest()];

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change)
    {
        IReadOnlyList<TrafficShare> shares = change switch
        {
            SplitTraffic split => split.Shares,
            RouteToLatest => [new TrafficShare("", 100)],
            _ => Wanted(subject.Service!),
        };
        var named = shares.Select(static s => s.Revision).Where(static r => r.Length > 0);
        var serving = subject.Service!.Serving.Select(static s => s.Revision);
        var ready = subject.Revisions.Where(static r => r.Ready?.State != ConditionState.Failed).Select(static r => r.Name.Id);
        return
        [
            Field(Latest, "The latest ready revision, whichever it is", Share("")),
            .. named.Concat(serving).Concat(ready).Distinct(StringComparer.Ordinal).Take(Most).Select(r => Field(r, r, Share(r))),
        ];

        int Share(string revision) => shares.Where(s => s.Revision == revision).Sum(static s => s.Percent);
    }

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values)
    {
        List<TrafficShare> shares = [];
        foreach (var key in values.Keys)
        {
            if (IsEmpty(values, key))
            {
                continue;
            }

            if (Number(values, key) is not { } percent)
            {
                return NoNumber(key);
            }

            if (percent != 0)
            {
                shares.Add(new TrafficShare(key == Latest ? "" : key, percent));
            }
        }

        return new(shares is [{ Revision: "", Percent: 100 }] ? new RouteToLatest() : new SplitTraffic(shares));
    }

    /// <inheritdoc />
    public override bool Is(Change change) => change is SplitTraffic or RouteToLatest;

    private static ChangeField Field(string key, string label, int percent) => new(key, label, percent == 0 ? "" : Text(percent)) { Unit = "%", Number = true };

    private static IReadOnlyList<TrafficShare> Wanted(Service service) =>
        service.Traffic.Count == 0 ? [new TrafficShare("", 100)]
        : [.. service.Traffic
            .Where(static t => t.Percent > 0)
            .GroupBy(static t => t.Type == TrafficTargetAllocationType.Latest ? "" : ResourceName.ShortName(t.Revision), StringComparer.Ordinal)
            .Select(static g => new TrafficShare(g.Key, g.Sum(static t => t.Percent)))];
}
