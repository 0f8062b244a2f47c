using System.Diagnostics.CodeAnalysis;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>
/// A filter in one line: <c>action:run.* outcome:denied resource:"a b" words</c>. Qualifiers of one name mean "one of these", of different names
/// "and"; what has no qualifier is free text.
/// </summary>
/// <param name="Text">As it was typed.</param>
/// <param name="Query">What it means.</param>
public sealed record EvidenceFilter(string Text, AuditQuery Query)
{
    private static readonly string[] Names = ["action", "actor", "outcome", "type", "resource", "workspace", "trace", "source"];

    /// <summary>Reads one.</summary>
    /// <param name="text">At least one word or qualifier.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="problem">Why not, as a sentence.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out EvidenceFilter? filter, [NotNullWhen(false)] out string? problem)
    {
        filter = null;
        if (Split(text) is not { } parts)
        {
            problem = $"The filter '{text}' has a quotation mark that is not closed.";
            return false;
        }

        var values = Names.ToDictionary(static n => n, static _ => new List<string>(), StringComparer.Ordinal);
        var words = new List<string>();
        foreach (var (name, value) in parts)
        {
            if (name is null)
            {
                words.Add(value);
            }
            else if (!values.TryGetValue(name, out var list))
            {
                problem = $"'{name}:' is no qualifier. Legal: {string.Join(", ", Names.Select(static n => $"{n}:"))}. Put words with a colon into quotation marks.";
                return false;
            }
            else if (value.Length == 0)
            {
                problem = $"'{name}:' has no value behind it.";
                return false;
            }
            else
            {
                list.Add(value);
            }
        }

        var outcomes = new List<AuditOutcome>();
        foreach (var value in values["outcome"])
        {
            if (AuditWords.Outcome(value) is not { } outcome)
            {
                problem = $"outcome:{value} is none. Legal: success, failure, denied, unknown.";
                return false;
            }

            outcomes.Add(outcome);
        }

        if (words.Count == 0 && values.Values.All(static v => v.Count == 0))
        {
            problem = "The filter is empty: leave it out to export everything.";
            return false;
        }

        problem = null;
        filter = new EvidenceFilter(text, new AuditQuery
        {
            Text = words.Count == 0 ? null : string.Join(' ', words),
            Actions = values["action"],
            Actors = values["actor"],
            Outcomes = outcomes,
            ResourceTypes = values["type"],
            ResourceIds = values["resource"],
            Workspaces = values["workspace"],
            TraceIds = values["trace"],
            Sources = values["source"],
        });
        return true;
    }

    /// <summary>The filter of a query that was put together otherwise.</summary>
    /// <returns>Null when the query does not restrict anything.</returns>
    public static EvidenceFilter? Of(AuditQuery query)
    {
        var parts = new List<string>();
        Add("action", query.Actions);
        Add("actor", query.Actors);
        Add("outcome", query.Outcomes.Select(AuditWords.Of));
        Add("type", query.ResourceTypes);
        Add("resource", query.ResourceIds);
        Add("workspace", query.Workspaces);
        Add("trace", query.TraceIds);
        Add("source", query.Sources);
        if (!string.IsNullOrWhiteSpace(query.Text))
        {
            parts.Add(query.Text);
        }

        return parts.Count == 0 ? null : new EvidenceFilter(string.Join(' ', parts), query with { From = null, To = null });

        void Add(string name, IEnumerable<string> values) => parts.AddRange(values.Select(v => $"{name}:{(v.Any(char.IsWhiteSpace) ? $"\"{v}\"" : v)}"));
    }

    // Words, and name:value where the name is made of letters; quotation marks keep blanks together. Null when one is not closed.
    private static List<(string? Name, string Value)>? Split(string text)
    {
        var parts = new List<(string? Name, string Value)>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            string? name = null;
            var colon = i;
            while (colon < text.Length && char.IsAsciiLetterLower(text[colon]))
            {
                colon++;
            }

            if (colon > i && colon < text.Length && text[colon] == ':')
            {
                name = text[i..colon];
                i = colon + 1;
            }

            if (i < text.Length && text[i] == '"')
            {
                var close = text.IndexOf('"', i + 1);
                if (close < 0)
                {
                    return null;
                }

                parts.Add((name, text[(i + 1)..close]));
                i = close + 1;
                continue;
            }

            var end = i;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            parts.Add((name, text[i..end]));
            i = end;
        }

        return parts;
    }
}
