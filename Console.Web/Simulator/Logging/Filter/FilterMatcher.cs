using System.Text.Json;

namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>
/// A filter made ready to test entries. Conditions on the log and the resource are answered once per log and
/// resource, since thousands of entries share them; conditions that need to parse a payload come last.
/// </summary>
internal sealed class FilterMatcher
{
    private readonly Func<LogRecord, bool> test;

    public FilterMatcher(FilterNode filter)
    {
        Bounds = TimeBounds.Of(filter);
        test = Compile(filter);
    }

    /// <summary>Entries outside cannot match.</summary>
    public TimeBounds Bounds { get; }

    public bool Matches(LogRecord record) => test(record);

    private static Func<LogRecord, bool> Compile(FilterNode node)
    {
        switch (node)
        {
            case FilterNode.And and:
                var all = Ordered(and.Parts);
                return record => Array.TrueForAll(all, t => t(record));
            case FilterNode.Or or:
                var any = Ordered(or.Parts);
                return record => Array.Exists(any, t => t(record));
            case FilterNode.Not not:
                var part = Compile(not.Part);
                return record => !part(record);
            case FilterNode.Global global:
                return new GlobalText(global.Text).IsIn;
            case FilterNode.Function function:
                return CompileFunction(function);
            case FilterNode.Comparison comparison:
                return CompileComparison(comparison);
            default:
                throw new InvalidOperationException($"No way to match {node.GetType().Name}.");
        }
    }

    private static Func<LogRecord, bool>[] Ordered(IReadOnlyList<FilterNode> parts) => [.. parts.OrderBy(Cost).Select(Compile)];

    private static int Cost(FilterNode node) => node switch
    {
        FilterNode.Comparison { Field.Root: "resource" or "logName" } or FilterNode.Function { Name: "log_id" } => 0,
        FilterNode.Comparison { Field.Root: "timestamp" or "receiveTimestamp" or "severity" } => 1,
        FilterNode.Comparison { Field.Root: "jsonPayload" or "protoPayload" } => 5,
        FilterNode.Comparison => 2,
        FilterNode.Not not => Cost(not.Part),
        FilterNode.And and => and.Parts.Select(Cost).DefaultIfEmpty(0).Max(),
        FilterNode.Or or => or.Parts.Select(Cost).Max(),
        _ => 6,
    };

    private static Func<LogRecord, bool> CompileFunction(FilterNode.Function function)
    {
        switch (function.Name)
        {
            case "log_id":
                // log_id("run.googleapis.com/requests") is the unencoded id; logName holds it encoded.
                var suffix = "/logs/" + Uri.EscapeDataString(function.Arguments[0]);
                return Once(static r => r.LogName, r => r.LogName.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
            case "source":
                return record => record.LogName.StartsWith(function.Arguments[0] + "/", StringComparison.OrdinalIgnoreCase);
            case "SEARCH":
                var words = function.Arguments[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                return function.Field is { } field
                    ? Compile(new FilterNode.And([.. words.Select(w => new FilterNode.Comparison(field, ComparisonOperator.Has, w, true))]))
                    : Compile(new FilterNode.And([.. words.Select(w => new FilterNode.Global(w))]));
            case "ip_in_net":
                var network = System.Net.IPNetwork.Parse(function.Arguments[0]);
                return record => RecordFields.Text(record, function.Field!) is { } ip
                    && System.Net.IPAddress.TryParse(ip, out var address)
                    && network.Contains(address);
            default:
                var share = double.Parse(function.Arguments[0], System.Globalization.CultureInfo.InvariantCulture);
                return record => RecordFields.Text(record, function.Field!) is { } value && Fraction(value) < share;
        }
    }

    /// <summary>A number in [0, 1) that depends on the text alone, in every run.</summary>
    private static double Fraction(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return (hash >> 11) / (double)(1UL << 53);
    }

    private static Func<LogRecord, bool> CompileComparison(FilterNode.Comparison c)
    {
        switch (c.Field.Root)
        {
            case "timestamp" or "receiveTimestamp" when EntryTime.TryParse(c.Value, out var time):
                return c.Field.Root == "timestamp"
                    ? record => TextComparison.Ordered(c.Operator, record.Timestamp.CompareTo(time))
                    : record => TextComparison.Ordered(c.Operator, record.Received.CompareTo(time));
            case "severity" when FilterValues.TrySeverity(c.Value, out var severity) && c.Operator < ComparisonOperator.Match:
                return record => TextComparison.Ordered(c.Operator, (int)record.Severity - (int)severity);
            case "httpRequest" when RecordFields.Number(c.Field) is { } number && Numeric(c) is { } expected:
                return record => number(record) is { } actual && TextComparison.Ordered(c.Operator, actual.CompareTo(expected));
            case "jsonPayload":
                return Json(static r => r.JsonPayload, c, skip: 1);
            case "protoPayload" or "operation" or "sourceLocation" or "errorGroups" or "metadata" or "split" or "apphub":
                return Json(static r => r.Other, c, skip: 0);
        }

        var text = new TextComparison(c.Operator, c.Value);
        bool Holds(LogRecord record) => c.Field.Segments.Count == 1 && c.Field.Root is "resource" or "httpRequest" or "labels" && c.Field.Segments.Count == 1
            ? RecordFields.Inside(record, c.Field.Root).Any(text.Holds)
            : RecordFields.Text(record, c.Field) is { } actual && text.Holds(actual);

        return c.Field.Root switch
        {
            "resource" => Once(static r => r.Resource, Holds),
            "logName" => Once(static r => r.LogName, Holds),
            _ => Holds,
        };
    }

    private static double? Numeric(FilterNode.Comparison c)
    {
        if (c.Operator >= ComparisonOperator.Match || c.Value == "*")
        {
            return null;
        }

        if (c.Field.Segments[1] == "latency")
        {
            return FilterValues.TryDuration(c.Value, out var nanos) ? nanos : null;
        }

        return FilterValues.TryNumber(c.Value, out var number) ? number : null;
    }

    private static Func<LogRecord, bool> Json(Func<LogRecord, byte[]?> raw, FilterNode.Comparison c, int skip)
    {
        var text = new TextComparison(c.Operator, c.Value);
        string[] path = [.. c.Field.Segments.Skip(skip)];
        return record =>
        {
            if (raw(record) is not { } json)
            {
                return false;
            }

            using var document = JsonDocument.Parse(json);
            return JsonFields.Any(document.RootElement, path, c, text);
        };
    }

    /// <summary>Answers once per shared object.</summary>
    private static Func<LogRecord, bool> Once(Func<LogRecord, object> key, Func<LogRecord, bool> test)
    {
        var answers = new Dictionary<object, bool>(ReferenceEqualityComparer.Instance);
        return record =>
        {
            var shared = key(record);
            if (!answers.TryGetValue(shared, out var answer))
            {
                answers[shared] = answer = test(record);
            }

            return answer;
        };
    }
}
