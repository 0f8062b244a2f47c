using System.Text.Json;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>A query as the details of the event that records its use: what restricts, and nothing else.</summary>
public static class AuditQueryDetails
{
    /// <summary>Names as in <see cref="AuditQuery"/>, in camelCase.</summary>
    public static IReadOnlyDictionary<string, object> Of(AuditQuery query)
    {
        var details = new SortedDictionary<string, object>(StringComparer.Ordinal);
        Lists(details, "", query.Actors, query.Actions, query.Outcomes, query.ResourceTypes, query.ResourceIds, query.Workspaces, query.TraceIds, query.Sources);
        var except = query.Except;
        Lists(details, "not ", except.Actors, except.Actions, except.Outcomes, except.ResourceTypes, except.ResourceIds, except.Workspaces, except.TraceIds, except.Sources);
        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            details["text"] = query.Text;
        }

        if (query.From is { } from)
        {
            details["from"] = AuditTime.Print(from);
        }

        if (query.To is { } to)
        {
            details["to"] = AuditTime.Print(to);
        }

        return details;
    }

    private static void Lists(
        SortedDictionary<string, object> details,
        string prefix,
        IReadOnlyList<string> actors,
        IReadOnlyList<string> actions,
        IReadOnlyList<AuditOutcome> outcomes,
        IReadOnlyList<string> types,
        IReadOnlyList<string> resources,
        IReadOnlyList<string> workspaces,
        IReadOnlyList<string> traces,
        IReadOnlyList<string> sources)
    {
        Add("actors", actors);
        Add("actions", actions);
        Add("outcomes", [.. outcomes.Select(AuditWords.Of)]);
        Add("resourceTypes", types);
        Add("resourceIds", resources);
        Add("workspaces", workspaces);
        Add("traceIds", traces);
        Add("sources", sources);

        void Add(string name, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                details[prefix.Length == 0 ? name : JsonNamingPolicy.CamelCase.ConvertName($"not{char.ToUpperInvariant(name[0])}{name[1..]}")] = values;
            }
        }
    }
}
