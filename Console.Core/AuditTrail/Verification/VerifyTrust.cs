using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>What is believed without proof: keys, and what lies outside of the database.</summary>
public sealed record VerifyTrust
{
    /// <summary>Keys that may have signed the checkpoints: the present one and those before it.</summary>
    public required IReadOnlyList<VerifierKey> LogKeys { get; init; }

    /// <summary>Witnesses with their keys and, where they can be asked, their addresses.</summary>
    public IReadOnlyList<PolicyKey> Witnesses { get; init; } = [];

    /// <summary>Folders with one checkpoint a file.</summary>
    public IReadOnlyList<string> AnchorFolders { get; init; } = [];

    /// <summary>Anchors that are read over the network, such as a log of Cloud Logging.</summary>
    public IReadOnlyList<IAnchor> AnchorLogs { get; init; } = [];

    /// <summary>What is known to lie outside and is not read, and why: sentences for the verdict.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];
}
