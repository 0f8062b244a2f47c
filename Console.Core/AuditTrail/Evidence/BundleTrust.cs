using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>Whom the reader of a bundle believes.</summary>
/// <param name="Log">Keys of the log that did not come with the bundle; empty: the bundle's own are used, and the verdict says so.</param>
/// <param name="Witnesses">Keys of witnesses that did not come with the bundle.</param>
public sealed record BundleTrust(IReadOnlyList<VerifierKey> Log, IReadOnlyList<VerifierKey> Witnesses)
{
    /// <summary>Nobody: only that the bundle fits together can be told.</summary>
    public static BundleTrust None { get; } = new([], []);

    /// <summary>Sorts keys by what they verify.</summary>
    public static BundleTrust Of(IReadOnlyList<VerifierKey> keys) =>
        new([.. keys.Where(static k => k.Type == SignatureType.Ed25519)], [.. keys.Where(static k => k.Type != SignatureType.Ed25519)]);
}
