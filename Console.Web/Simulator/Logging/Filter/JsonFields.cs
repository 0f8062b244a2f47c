using System.Text.Json;

namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>Looks into payloads, which are kept as raw JSON.</summary>
internal static class JsonFields
{
    /// <summary>Whether some value at the path satisfies the comparison. A missing field satisfies none, not even <c>!=</c>.</summary>
    public static bool Any(JsonElement element, ReadOnlySpan<string> path, FilterNode.Comparison comparison, TextComparison text)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                if (Any(item, path, comparison, text))
                {
                    return true;
                }
            }

            return false;
        }

        if (path.Length > 0)
        {
            return element.ValueKind == JsonValueKind.Object
                && element.TryGetProperty(path[0], out var next)
                && Any(next, path[1..], comparison, text);
        }

        return Holds(element, comparison, text);
    }

    /// <summary>Whether some text in the JSON contains the words; names of fields do not count.</summary>
    public static bool Contains(JsonElement element, string words) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(p => Contains(p.Value, words)),
        JsonValueKind.Array => element.EnumerateArray().Any(e => Contains(e, words)),
        JsonValueKind.Null or JsonValueKind.Undefined => false,
        _ => element.ToString().Contains(words, StringComparison.OrdinalIgnoreCase),
    };

    private static bool Holds(JsonElement element, FilterNode.Comparison comparison, TextComparison text)
    {
        if (comparison is { Operator: ComparisonOperator.Has, Value: "*" })
        {
            return true;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return comparison.Operator == ComparisonOperator.Has && Contains(element, comparison.Value);
            case JsonValueKind.Number when FilterValues.TryNumber(comparison.Value, out var number)
                && comparison.Operator is not (ComparisonOperator.Match or ComparisonOperator.NotMatch):
                return TextComparison.Ordered(comparison.Operator, element.GetDouble().CompareTo(number));
            case JsonValueKind.Null:
                return comparison is { Operator: ComparisonOperator.Equal, Value: "NULL_VALUE" };
            default:
                return text.Holds(element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText());
        }
    }
}
