using Microsoft.AspNetCore.Components;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>
/// One request as a waterfall: a solid bar to the response, a rule, a hatched stretch after it with gaps where it stood still,
/// its lines as marks, and the other requests of the instance as lanes beneath. The table beside it is its accessible twin.
/// </summary>
public sealed partial class RequestWaterfall
{
    private readonly string _id = PictureIds.Next("waterfall");
    private const int MostOthers = 30;
    private IReadOnlyList<Tick> _ticks = [];
    private IReadOnlyList<DrawnLine> _marks = [];
    private IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> _stretches = [];
    private IReadOnlyList<RequestBar> _others = [];
    private int _othersLeftOff;
    private IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> _gaps = [];
    private bool _labelLeft;

    [Parameter, EditorRequired]
    public RequestView View { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeScale Scale { get; set; }

    /// <summary>What the picture shows, in words.</summary>
    [Parameter, EditorRequired]
    public string Caption { get; set; } = "";

    /// <summary>Address of another request; null for plain text.</summary>
    [Parameter]
    public Func<RequestBar, string>? LinkOf { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _ticks = Scale.OffsetTicks(View.Request.Start, 6);
        _marks = LineThinning.For(View.Entries, Scale);
        _stretches = [.. AfterStretches.Of(View).Where(stretch => Scale.Shows(stretch.From, stretch.To))];

        _gaps = [.. CpuGaps.Of(View).Where(gap => Scale.Shows(gap.From, gap.To))];

        // Those that woke the instance are never left off.
        var shown = View.Others.Where(other => Scale.Shows(other.Start, other.End)).ToList();
        _others = [.. shown.OrderByDescending(other => other.Wakes).ThenBy(other => other.Start).Take(MostOthers).OrderBy(other => other.Start)];
        _othersLeftOff = shown.Count - _others.Count + View.OtherCount - View.Others.Count;
        _labelLeft = Scale.Percent(View.Request.End) > 70;
    }

    private static string Tone(EntryMark line) =>
        line.Probable ? "probable" : line.Class is EntryClass.AfterResponse or EntryClass.Resumed ? "late" : "";
}
