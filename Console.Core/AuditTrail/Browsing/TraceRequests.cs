using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>Finds the requests of a trace in the logs that are analysed at this moment. Reads nothing from Google.</summary>
public static class TraceRequests
{
    /// <summary>At most so many: one trace may pass through many services.</summary>
    public const int Limit = 20;

    /// <summary>Requests with a trace id, by time. The same request in two sources is there twice. Looks at every row: run it off the circuit's thread.</summary>
    public static IReadOnlyList<TraceRequest> Find(IEnumerable<IAnalysisSource> sources, TraceId trace, CancellationToken cancellationToken)
    {
        List<TraceRequest> found = [];
        if (trace.IsNone)
        {
            return found;
        }

        var (high, low) = ((ulong)(trace.Value >> 64), (ulong)trace.Value);
        foreach (var source in sources)
        {
            if (source.Current?.Table is not { } table)
            {
                continue;
            }

            for (var i = 0; i < table.Requests.Count && found.Count < Limit; i++)
            {
                if (i % 100_000 == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                ref readonly var row = ref table.Requests[i];
                if (row.TraceLow == low && row.TraceHigh == high)
                {
                    found.Add(new TraceRequest(source.Id, source.Title, table.TextOf(row.InsertId), UnixTime.FromNs(row.TimestampNs), table.Revisions[row.Revision]));
                }
            }
        }

        return [.. found.OrderBy(static r => r.At)];
    }
}
