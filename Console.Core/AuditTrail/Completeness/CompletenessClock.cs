namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>By which clock "late" is decided.</summary>
public enum CompletenessClock
{
    /// <summary>When this console recorded the event. What was delivered in bulk afterwards is judged by its source's clock all the same, and marked.</summary>
    Recorded,

    /// <summary>The time that the source wrote into the event: for services that write to an outbox in their own transaction and deliver from there.</summary>
    Source,
}
