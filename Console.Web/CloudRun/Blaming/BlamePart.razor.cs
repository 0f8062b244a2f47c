using Microsoft.AspNetCore.Components;
using OpsConsole.Core.Changes.Blaming;
using OpsConsole.Core.Changes.History;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.CloudRun.Blaming;

/// <summary>Since when each setting of a service is so, by whom and why.</summary>
public sealed partial class BlamePart(HistoryReader reader) : IDisposable
{
    /// <summary>As far back as Google keeps its audit log.</summary>
    private const int Days = 400;

    private readonly LatestOnly _loads = new();
    private (ResourceName Name, DateTimeOffset? ReadAt)? _loaded;
    private ServiceHistory? _history;
    private IReadOnlyList<BlamedSetting>? _settings;

    /// <summary>The service.</summary>
    [Parameter, EditorRequired]
    public Service Service { get; set; } = default!;

    /// <summary>Its revisions.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Revision> Revisions { get; set; } = [];

    /// <summary>State of the page.</summary>
    [Parameter, EditorRequired]
    public ServicePageState State { get; set; } = default!;

    /// <summary>Address of the page.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    /// <summary>When the page read the service.</summary>
    [Parameter]
    public DateTimeOffset? ReadAt { get; set; }

    /// <inheritdoc />
    public void Dispose() => _loads.Dispose();

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Service.Name, ReadAt);
        if (_loaded != wanted)
        {
            var refreshed = _loaded?.Name == Service.Name;
            _settings = refreshed ? _settings : null;
            _columns = null;
            _loaded = wanted;
            await LoadAsync(fresh: refreshed);
        }
    }

    private async Task LoadAsync(bool fresh)
    {
        await _loads.RunAsync(token => reader.ReadAsync(Service.Name, Days, fresh, token), history =>
        {
            _history = history;
            _settings = Blame.Of(Service, Revisions, history.Runs, history.Google.Book.Acts);
        });
        StateHasChanged();
    }
}
