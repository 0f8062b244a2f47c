using Microsoft.AspNetCore.Components;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Web.BackgroundActivity.Pictures;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.BackgroundActivity.PerRequest;

/// <summary>One request, on its page or in a pane beside a table.</summary>
public sealed partial class RequestReport
{
    private string _zoom = RequestZoom.Whole;
    private string _filter = "";
    private TimeScale _scale;
    private double _response;
    private double _total;
    private IReadOnlyList<EntryMark> _certain = [];
    private IReadOnlyList<EntryMark> _probable = [];

    [Parameter, EditorRequired]
    public RequestView View { get; set; } = default!;

    [Parameter, EditorRequired]
    public AnalysisId Source { get; set; } = default!;

    /// <summary>In a pane beside a table.</summary>
    [Parameter]
    public bool Compact { get; set; }

    /// <summary>As the page's address has it; a pane keeps it itself.</summary>
    [Parameter]
    public string? Zoom { get; set; }

    [Parameter]
    public EventCallback<string> ZoomChanged { get; set; }

    /// <summary>As the page's address has it; a pane keeps it itself.</summary>
    [Parameter]
    public string? Filter { get; set; }

    [Parameter]
    public EventCallback<string> FilterChanged { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _zoom = Zoom ?? _zoom;
        _filter = Filter ?? _filter;
        Arrange();
    }

    private void Arrange()
    {
        _scale = RequestZoom.Scale(View, _zoom);
        _response = (View.Request.End - View.Request.Start).TotalSeconds;
        var late = View.Entries.Where(row => !row.Probable && EntryWords.IsLate(row.Class)).Select(row => (DateTimeOffset?)row.At).Max();
        _total = ((late > View.Request.End ? late.Value : View.Request.End) - View.Request.Start).TotalSeconds;
        var matching = EntryFilter.Fields.Where(View.Entries, FilterQuery.Parse(_filter)).ToList();
        _certain = [.. matching.Where(row => !row.Probable)];
        _probable = [.. matching.Where(row => row.Probable)];
    }

    private string Pressed(string zoom) => _zoom == zoom ? "true" : "false";

    private Task SetZoomAsync(string zoom)
    {
        _zoom = zoom;
        Arrange();
        return ZoomChanged.InvokeAsync(zoom);
    }

    private Task SetFilterAsync(string filter)
    {
        _filter = filter;
        Arrange();
        return FilterChanged.InvokeAsync(filter);
    }
}
