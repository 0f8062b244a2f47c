namespace OpsConsole.Web.Simulator.Workload.Auditing;

/// <summary>One audit record and what became of it.</summary>
internal sealed class AuditWrite(AuditRecordPlan record, SimRequest request, string instance, bool background)
{
    public AuditRecordPlan Record { get; } = record;

    /// <summary>The request it is about.</summary>
    public SimRequest Request { get; } = request;

    /// <summary>Id of the instance that writes it.</summary>
    public string Instance { get; } = instance;

    /// <summary>Written after the response by design; false: before it.</summary>
    public bool Background { get; } = background;

    public AuditWriteState State { get; private set; }

    /// <summary>When it was committed, in microseconds; null while it is not.</summary>
    public long? WrittenAt { get; private set; }

    /// <summary>The key that makes a second delivery harmless: a version 7 UUID of the commit's time and the request's span.</summary>
    public string EventId { get; private set; } = "";

    public void Commit(long at)
    {
        State = AuditWriteState.Written;
        WrittenAt = at;
        var span = Request.Span;
        var head = (at / SimTime.Millisecond).ToString("x12", System.Globalization.CultureInfo.InvariantCulture);
        var tail = span.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
        EventId = $"{head[..8]}-{head[8..]}-7{tail[..3]}-8{tail[3..6]}-{tail[6..]}{at % 100:D2}";
    }

    public void Lose() => State = AuditWriteState.Lost;
}
