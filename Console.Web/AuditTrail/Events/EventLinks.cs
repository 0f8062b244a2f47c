using OpsConsole.Core.AuditTrail;
using OpsConsole.Web.AuditTrail.Browsing;

namespace OpsConsole.Web.AuditTrail.Events;

/// <summary>From an event to those that have something in common with it.</summary>
public static class EventLinks
{
    /// <summary>Title and filter of each list.</summary>
    public static IReadOnlyList<(string Title, string Filter)> Of(AuditRecord record)
    {
        var e = record.Event;
        var links = new List<(string, string)>();
        if (e.TraceId is { } trace)
        {
            links.Add(("All events of this trace", EventFilter.Only("trace", trace)));
        }

        // Once the actor's row is erased the pseudonym is what is left, and finds the same events.
        links.Add(("All of this actor", EventFilter.Only("actor", e.Actor.Id)));
        if (e.Resource is { Id: { } id } resource)
        {
            links.Add(("All of this resource", $"{EventFilter.Only("type", resource.Type)} {EventFilter.Only("resource", id)}"));
        }

        links.Add(("All of this action", EventFilter.Only("action", e.Action)));
        return links;
    }
}
