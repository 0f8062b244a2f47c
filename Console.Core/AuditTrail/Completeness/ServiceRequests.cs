using System.Globalization;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>What analysed logs hold of one service in a window.</summary>
public sealed record ServiceRequests
{
    public required ServiceRef Service { get; init; }

    /// <summary>Start of the window, inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the window, exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Requests that an instance answered, whatever rule fits them.</summary>
    public required int Count { get; init; }

    /// <summary>Those that must leave an event.</summary>
    public required IReadOnlyList<RequestFact> Required { get; init; }

    /// <summary>Trace ids of all requests of the service in these logs, also outside the window.</summary>
    public required IReadOnlySet<string> Traces { get; init; }

    /// <summary>
    /// Reads them. Method and path are read back from the source for each request of the service whose status some rule names, so
    /// take a moment's care with millions of them.
    /// </summary>
    /// <param name="analysis">The logs.</param>
    /// <param name="service">The service.</param>
    /// <param name="from">Start of the window, inclusive.</param>
    /// <param name="to">End of the window, exclusive.</param>
    /// <param name="rules">Which requests must leave an event.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static ServiceRequests Of(
        Analysis analysis, ServiceRef service, DateTimeOffset from, DateTimeOffset to, CompletenessRules rules, CancellationToken cancellationToken)
    {
        var table = analysis.Table;
        var own = table.Revisions.Select(key => key.Project == service.Project && key.Location == service.Location && key.Service == service.Service).ToArray();
        var (fromNs, toNs) = (UnixTime.ToNs(from), UnixTime.ToNs(to));
        HashSet<string> traces = new(StringComparer.Ordinal);
        List<RequestFact> required = [];
        var count = 0;
        for (var i = 0; i < table.Requests.Count; i++)
        {
            var row = table.Requests[i];
            if (!own[row.Revision])
            {
                continue;
            }

            var trace = (row.TraceHigh | row.TraceLow) == 0 ? null : new TraceId(new UInt128(row.TraceHigh, row.TraceLow)).ToString();
            if (trace is not null)
            {
                traces.Add(trace);
            }

            // An end of 0: the platform ended it before any instance answered, so nothing could have written an event.
            if (analysis.RequestEndNs[i] == 0 || analysis.RequestStartNs[i] < fromNs || analysis.RequestStartNs[i] >= toNs)
            {
                continue;
            }

            count++;
            if (Read(analysis, i, trace, rules) is { } fact)
            {
                required.Add(fact);
            }

            if ((i & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return new ServiceRequests { Service = service, From = from, To = to, Count = count, Required = required, Traces = traces };
    }

    private static RequestFact? Read(Analysis analysis, int number, string? trace, CompletenessRules rules)
    {
        var table = analysis.Table;
        var row = table.Requests[number];
        if (!rules.Rules.Any(rule => row.Status >= rule.StatusFrom && row.Status <= rule.StatusTo))
        {
            return null;
        }

        var bar = EntryReading.Bar(analysis, number);
        return rules.For(bar.Method, bar.Path, row.Status) is not { Required: true } rule
            ? null
            : new RequestFact
            {
                Number = number,
                InsertId = bar.InsertId,
                Revision = bar.Revision,
                Start = bar.Start,
                End = bar.End,
                Method = bar.Method,
                Path = bar.Path,
                Status = row.Status,
                TraceId = trace,
                SpanId = row.SpanId == 0 ? null : row.SpanId.ToString("x16", CultureInfo.InvariantCulture),
                Rule = rule,
            };
    }
}
