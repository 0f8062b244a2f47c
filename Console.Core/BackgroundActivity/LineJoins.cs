using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Joins the lines of an instance to its requests by trace and by span; what stays open is left to instance and time.</summary>
internal sealed class LineJoins(LogTable table, RequestEnds ends, Results results, UnplacedRequests unplaced)
{
    private readonly JoinTable _joins = new(ends);
    private readonly List<int> _found = [];

    /// <summary>
    /// Joins are noted in the results (request and basis), because the tolerance is estimated from them.
    /// A trace that no request of this instance has is noted as an orphan.
    /// </summary>
    public (bool Access, bool Joined) Run(InstanceWork work)
    {
        var filled = false;
        var anyAccess = false;
        var anyJoined = false;
        var spansJoin = false;
        var loose = false;
        for (var i = 0; i < work.LineCount; i++)
        {
            var row = work.Lines[i];
            ref readonly var line = ref table.Lines[row];
            anyAccess |= line.AccessRouteHash != 0;
            if (line.Kind == LineKind.Platform)
            {
                results.Classes[row] = EntryClass.Platform;
                continue;
            }

            // Not yet known; everything that stays so is decided by instance and time.
            results.Classes[row] = EntryClass.Unattributed;
            if (line.TraceSpan == 0)
            {
                continue;
            }

            ref readonly var joining = ref table.TraceSpans[line.TraceSpan];
            var hasTrace = joining.HasTrace;

            if (!filled)
            {
                _joins.Fill(table, work.Requests.AsSpan(0, work.RequestCount));
                filled = true;
            }

            var bySpan = Join(row, line, joining);
            spansJoin |= bySpan && !hasTrace;
            loose |= !hasTrace && !bySpan;
            anyJoined |= results.Requests.Of(row) >= 0;
        }

        if (spansJoin && loose)
        {
            MarkForeignSpans(work);
        }

        return (anyAccess, anyJoined);
    }

    /// <summary>True when joined by span.</summary>
    private bool Join(int row, in LineRow line, in TraceSpan joining)
    {
        if (joining.HasTrace)
        {
            _found.Clear();
            _joins.FindTrace(table, joining.TraceHigh, joining.TraceLow, line.TimestampNs, _found);
            unplaced.FindTrace(line, joining, _found);
            if (_found.Count > 0)
            {
                var chosen = RequestChoice.Choose(table, ends, _found, line.TimestampNs, joining.SpanId);
                if (chosen != RequestChoice.NoneYet)
                {
                    results.Note(row, Basis.Trace);
                    results.Classes[row] = EntryClass.InRequest;
                    results.Requests.Set(row, chosen);
                    return false;
                }
            }
        }

        if (joining.SpanId != 0)
        {
            _found.Clear();
            _joins.FindSpan(table, joining.SpanId, _found);
            if (_found.Count == 0 && SpanSpelling.OtherReading(joining.SpanId) is var other and not 0)
            {
                _joins.FindSpan(table, other, _found);
            }

            if (_found.Count > 0)
            {
                var chosen = RequestChoice.Choose(table, ends, _found, line.TimestampNs, 0);
                if (chosen >= 0)
                {
                    results.Note(row, Basis.Span);
                    results.Classes[row] = EntryClass.InRequest;
                    results.Requests.Set(row, chosen);
                    return true;
                }
            }
        }

        if (joining.HasTrace)
        {
            results.Classes[row] = EntryClass.Orphan;
            results.Note(row, Basis.Trace);
        }

        return false;
    }

    /// <summary>
    /// Where an application writes the request's own span into its lines (the functions framework does), a span that no request
    /// has belongs to a request outside the window, and not to whichever request happens to be in flight.
    /// </summary>
    private void MarkForeignSpans(InstanceWork work)
    {
        for (var i = 0; i < work.LineCount; i++)
        {
            var row = work.Lines[i];
            ref readonly var line = ref table.Lines[row];
            if (results.Classes[row] == EntryClass.Unattributed && table.TraceSpans[line.TraceSpan].SpanId != 0)
            {
                results.Classes[row] = EntryClass.Orphan;
                results.Note(row, Basis.Span);
            }
        }
    }
}
