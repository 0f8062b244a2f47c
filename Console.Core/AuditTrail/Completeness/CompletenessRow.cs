namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>One request that must leave an event, and the event that proves it.</summary>
public sealed record CompletenessRow
{
    public required RequestFact Request { get; init; }

    public required CompletenessState State { get; init; }

    /// <summary>The event; null when there is none.</summary>
    public EventFact? Event { get; init; }

    /// <summary>From the end of the response to the event, by the clock that decided; negative when the event came first. Null without an event.</summary>
    public TimeSpan? After { get; init; }

    /// <summary>Decided by the time that the source wrote into the event, not by the time at which it was recorded here.</summary>
    public bool BySourceClock { get; init; }
}
