namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>What Google's audit log holds of a stretch of time.</summary>
/// <param name="Acts">Writes (activity), by time.</param>
/// <param name="Readiness">What the system says of revisions (system_event), by short name, the latest of each.</param>
public sealed record GoogleBook(IReadOnlyList<GoogleAct> Acts, IReadOnlyDictionary<string, string> Readiness)
{
    /// <summary>All that the system says (system_event), by time.</summary>
    public IReadOnlyList<GoogleSystemEvent> Events { get; init; } = [];
}
