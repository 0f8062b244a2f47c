using OpsConsole.Core.AuditTrail;
using OpsConsole.Web.Controls;

namespace OpsConsole.Web.AuditTrail.Browsing;

/// <summary>What the address of the list of events says.</summary>
public sealed record EventsPageState
{
    /// <summary>Text of the filter box.</summary>
    public string Filter { get; init; } = "";

    public EventSpan Span { get; init; } = EventSpan.All;

    /// <summary>Where the page begins: it holds what came before this; null for the newest.</summary>
    public AuditCursor? After { get; init; }

    /// <summary>Workspace of the event that is open beside the list; empty for none.</summary>
    public string OpenWorkspace { get; init; } = "";

    /// <summary>Id of the event that is open.</summary>
    public string OpenId { get; init; } = "";

    /// <summary>Part of the open event that is shown: one of <see cref="Events.EventPart"/>.</summary>
    public string Part { get; init; } = "";

    /// <summary>Whether an event is open.</summary>
    public bool IsOpen => OpenWorkspace.Length > 0 && OpenId.Length > 0;

    /// <summary>From the parts of an address; what is malformed counts as absent.</summary>
    public static EventsPageState Parse(string? filter, string? last, string? from, string? to, string? after, string? workspace, string? id, string? part) => new()
    {
        Filter = filter?.Trim() ?? "",
        Span = EventSpan.Parse(last, from, to),
        After = AuditCursor.Parse(after),
        OpenWorkspace = string.IsNullOrEmpty(id) ? "" : workspace ?? "",
        OpenId = string.IsNullOrEmpty(workspace) ? "" : id ?? "",
        Part = Events.EventPart.Parse(part),
    };

    /// <summary>Whether another state shows the same rows: then nothing is read anew, and nothing recorded.</summary>
    public bool AsksTheSame(EventsPageState other) => AsksForTheSame(other) && After == other.After;

    /// <summary>Whether another state asks for the same events, perhaps another page of them.</summary>
    public bool AsksForTheSame(EventsPageState other) => Filter == other.Filter && Span == other.Span;

    /// <summary>The query at a moment.</summary>
    public AuditQuery Query(DateTimeOffset now)
    {
        var (from, to) = Span.At(now);
        return EventFilter.Query(FilterQuery.Parse(Filter), from, to);
    }

    /// <summary>The address; what is the default is left out.</summary>
    public string ToUrl() => Urls.With(
        Urls.Audit,
        [.. Search(), ("after", After?.ToString()), ("in", IsOpen ? OpenWorkspace : null), ("event", IsOpen ? OpenId : null), ("part", IsOpen ? Part : null)]);

    /// <summary>What a saved view keeps: filter and time, as a query without <c>?</c>.</summary>
    public string ToSaved() => Urls.With("", Search()).TrimStart('?');

    /// <summary>The address of the file with all events of this query.</summary>
    public string ToFile(string format) => Urls.With(Urls.AuditFile, [.. Search(), ("format", format)]);

    private (string Name, string? Value)[] Search() =>
    [
        ("q", Filter), ("last", Span.Last), ("from", EventSpan.Print(Span.From)), ("to", EventSpan.Print(Span.To)),
    ];
}
