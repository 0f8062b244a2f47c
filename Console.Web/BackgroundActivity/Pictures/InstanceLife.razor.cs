using Microsoft.AspNetCore.Components;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>
/// The life of an instance as lanes: the instance itself with gaps without CPU and messages of the platform, every request
/// aboard with the work that went on after it, and the background work. The tables beneath are its accessible twin.
/// </summary>
public sealed partial class InstanceLife
{
    private const int MostLanes = 24;
    private readonly string _id = PictureIds.Next("life");
    private IReadOnlyList<Tick> _ticks = [];
    private IReadOnlyList<RequestBar> _drawn = [];
    private IReadOnlyList<DrawnLine> _late = [];
    private Dictionary<string, DateTimeOffset> _lastLate = [];
    private HashSet<int> _aboard = [];
    private DateTimeOffset? _ready;
    private int _lanes = 1;
    private int _notDrawn;
    private bool _stopLeft;

    [Parameter, EditorRequired]
    public InstanceView View { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeScale Scale { get; set; }

    /// <summary>The life in words.</summary>
    [Parameter, EditorRequired]
    public string Caption { get; set; } = "";

    private bool Died => View.Death is not (DeathCause.None or DeathCause.OrderlyStop);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _ticks = Scale.ClockTicks(6);
        _lastLate = View.LateLines
            .Where(line => !line.Probable && line.RequestInsertId.Length > 0)
            .GroupBy(line => line.RequestInsertId, StringComparer.Ordinal)
            .ToDictionary(lines => lines.Key, lines => lines.Max(line => line.At), StringComparer.Ordinal);
        var shown = View.Requests.Where(request => Scale.Shows(request.Start, _lastLate.GetValueOrDefault(request.InsertId, request.End))).ToList();
        _drawn = [.. shown.Where(request => request.Lane < MostLanes)];
        _notDrawn = shown.Count - _drawn.Count + View.RequestCount - View.Requests.Count;
        _lanes = 1 + _drawn.Select(request => request.Lane).DefaultIfEmpty(0).Max();
        _late = LineThinning.For(View.LateLines, Scale);
        _aboard = [.. View.Aboard.Select(request => request.Request)];

        // Ready: its first request, or the end of its start-up lines.
        _ready = View.StartedAt is null ? null : View.Requests.Select(request => (DateTimeOffset?)request.Start).FirstOrDefault();
        _stopLeft = View.DiedAt is { } stop && Scale.Percent(stop) > 70;
    }
}
