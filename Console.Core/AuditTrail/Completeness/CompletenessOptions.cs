namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>How requests and events are compared.</summary>
public sealed record CompletenessOptions
{
    /// <summary>An event so long after the end of a response still counts as in time: the two clocks are not the same one.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>So long after its response a request without an event is not called missing yet.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A delivery so long after the event's own time may be one in bulk.</summary>
    public TimeSpan BulkLag { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>So many such deliveries of one source in one second are one in bulk: an outbox that caught up, or an import.</summary>
    public int BulkCount { get; init; } = 10;
}
