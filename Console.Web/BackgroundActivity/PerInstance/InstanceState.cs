using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Web.BackgroundActivity.PerInstance;

/// <summary>What the address of an instance says.</summary>
public sealed record InstanceState
{
    /// <summary>The source; null when the address names none that can exist.</summary>
    public AnalysisId? Source { get; init; }

    public string Instance { get; init; } = "";

    /// <summary>Stretch of its life that is drawn.</summary>
    public InstanceZoom Zoom { get; init; }

    /// <summary>From the parts of an address; what is malformed counts as absent.</summary>
    public static InstanceState Parse(string? source, string? instance, string? zoom) => new()
    {
        Source = AnalysisId.TryParse(source, out var id) ? id : null,
        Instance = instance ?? "",
        Zoom = zoom switch { "start" => InstanceZoom.Start, "end" => InstanceZoom.End, _ => InstanceZoom.Whole },
    };

    /// <summary>The address; what is the default is left out.</summary>
    public string ToUrl() => Urls.With(
        Urls.BackgroundInstancePath,
        ("source", Source?.Value),
        ("instance", Instance),
        ("zoom", Zoom switch { InstanceZoom.Start => "start", InstanceZoom.End => "end", _ => null }));
}
