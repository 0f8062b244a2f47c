using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>Keys that an export needs.</summary>
/// <param name="Log">Keys that verify the log's checkpoints.</param>
/// <param name="Witnesses">Keys of its witnesses.</param>
/// <param name="Signers">The log's private keys, which sign the manifest; empty where there are none.</param>
public sealed record EvidenceKeys(IReadOnlyList<VerifierKey> Log, IReadOnlyList<VerifierKey> Witnesses, IReadOnlyList<ISigner> Signers);
