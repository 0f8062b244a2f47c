using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Web.BackgroundActivity.PerRequest;

/// <summary>What the address of a request says.</summary>
public sealed record RequestState
{
    /// <summary>The source; null when the address names none that can exist.</summary>
    public AnalysisId? Source { get; init; }

    public string InsertId { get; init; } = "";

    /// <summary>Near which time, where several requests share the id.</summary>
    public DateTimeOffset? At { get; init; }

    public string Zoom { get; init; } = RequestZoom.Whole;

    public string Filter { get; init; } = "";

    /// <summary>From the parts of an address; what is malformed counts as absent.</summary>
    public static RequestState Parse(string? source, string? insertId, string? at, string? zoom, string? filter) => new()
    {
        Source = AnalysisId.TryParse(source, out var id) ? id : null,
        InsertId = insertId ?? "",
        At = DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null,
        Zoom = RequestZoom.Parse(zoom),
        Filter = filter?.Trim() ?? "",
    };

    /// <summary>The address; what is the default is left out.</summary>
    public string ToUrl() => Urls.With(
        Urls.BackgroundRequestPath,
        ("source", Source?.Value),
        ("insertId", InsertId),
        ("ts", At?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        ("zoom", Zoom == RequestZoom.Whole ? null : Zoom),
        ("q", Filter));
}
