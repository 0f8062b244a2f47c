namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>The byte that says how a note is signed (c2sp.org/signed-note, "Signature types"). Those the console makes and checks.</summary>
public enum SignatureType
{
    /// <summary>Ed25519 over the note's text: logs.</summary>
    Ed25519 = 1,

    /// <summary>Ed25519 over a checkpoint and a time (c2sp.org/tlog-cosignature, v1): witnesses.</summary>
    Cosignature = 4,
}
