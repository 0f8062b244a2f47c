using Microsoft.AspNetCore.Components;
using OpsConsole.Core.BackgroundActivity;

namespace OpsConsole.Web.BackgroundActivity.Pictures;

/// <summary>
/// One request as a waterfall: a solid bar to the response, a rule, a hatched stretch after it with gaps where it stood still,
/// its lines as marks, and the other requests of the instance as lanes beneath. The table beside it is its accessible twin.
/// </summary>
public sealed partial class RequestWaterfall
{
    private readonly string _id = PictureIds.Next("waterfall");
    private IReadOnlyList<(long Ns, string Label)> _ticks = [];
    private IReadOnlyList<(StoryLine Line, int Count)> _marks = [];
    private IReadOnlyList<(long FromNs, long ToNs)> _stretches = [];
    private bool _labelLeft;

    [Parameter, EditorRequired]
    public RequestStory Story { get; set; } = default!;

    [Parameter, EditorRequired]
    public TimeScale Scale { get; set; }

    /// <summary>What the picture shows, in words.</summary>
    [Parameter, EditorRequired]
    public string Caption { get; set; } = "";

    /// <summary>Address of another request; null for plain text.</summary>
    [Parameter]
    public Func<StoryRequest, string>? LinkOf { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _ticks = Scale.Ticks(Story.Request.StartNs, 6);
        _marks = LineThinning.For(Story.Lines, Scale);
        _stretches = [.. AfterStretches.Of(Story).Where(stretch => Scale.Shows(stretch.FromNs, stretch.ToNs))];
        _labelLeft = Scale.Percent(Story.Request.EndNs) > 70;
    }

    private static string Tone(StoryLine line) =>
        line.Probable ? "probable" : line.Class is EntryClass.AfterResponse or EntryClass.Resumed ? "late" : "";

    private string Title(StoryLine line, int count) =>
        $"{Durations.Offset((line.TimestampNs - Story.Request.StartNs) / 1e9)}, {EntryWords.Severity(line.Severity)}: {LogText.FirstLine(line.Text, 120)}"
        + (count > 1 ? $" (and {count - 1} more here)" : "");

    private string Anchor(long ns) => Scale.Percent(ns) switch { < 4 => "start", > 96 => "end", _ => "middle" };
}
