namespace OpsConsole.Core.AuditTrail;

/// <summary>An event that is sealed and covered by a signed checkpoint.</summary>
/// <param name="Sequence">Number in order of arrival.</param>
/// <param name="Index">Index of its leaf.</param>
/// <param name="Proof">Proof of inclusion in that checkpoint: a text of c2sp.org/tlog-proof@v1.</param>
public sealed record SealedEvent(long Sequence, long Index, string Proof);
