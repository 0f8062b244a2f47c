using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>Keys and checkpoints of tests. The seeds are no secrets.</summary>
public static class Keys
{
    /// <summary>The log of the tests.</summary>
    public static SigningKey Log { get; } = Of("ops.example.com/audit", 1);

    /// <summary>A key that always has the same seed.</summary>
    public static SigningKey Of(string name, byte seed) => new(name, Enumerable.Repeat(seed, 32).ToArray());

    /// <summary>A signed checkpoint of <see cref="Log"/>.</summary>
    public static SignedCheckpoint Checkpoint(long size, MerkleHash root) => new Checkpoint(Log.Name, size, root).Sign(Log.AsLog());
}
