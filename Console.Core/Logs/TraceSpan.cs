namespace OpsConsole.Core.Logs;

/// <summary>
/// The trace and the span that a line carries. They lie apart from the rows (<see cref="LogTable.TraceSpans"/>): few lines carry any, and
/// lines of one request share theirs.
/// </summary>
/// <param name="TraceHigh">Upper half of the trace id; both halves 0 when absent.</param>
/// <param name="TraceLow">Lower half of the trace id.</param>
/// <param name="SpanId">Numeric span id (hexadecimal or decimal on the wire); 0 when absent.</param>
public readonly record struct TraceSpan(ulong TraceHigh, ulong TraceLow, ulong SpanId)
{
    /// <summary>Whether there is a trace.</summary>
    public bool HasTrace => (TraceHigh | TraceLow) != 0;
}
