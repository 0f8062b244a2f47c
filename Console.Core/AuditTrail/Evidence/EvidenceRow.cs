using OpsConsole.Core.AuditTrail.Leaves;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>A disclosed event as the report shows it.</summary>
/// <param name="Index">Its leaf.</param>
/// <param name="Leaf">What stands in clear.</param>
/// <param name="Opened">The event, as far as it is disclosed.</param>
internal sealed record EvidenceRow(long Index, EventLeaf Leaf, OpenedEvent Opened);
