namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>What came of checking a note's signatures.</summary>
public abstract record NoteVerification
{
    private NoteVerification()
    {
    }

    /// <summary>At least one trusted key signed, and no trusted key's signature is wrong.</summary>
    /// <param name="By">The good signatures, one for each trusted key that signed.</param>
    public sealed record Verified(IReadOnlyList<VerifiedSignature> By) : NoteVerification;

    /// <summary>Nobody who is trusted signed it, or a trusted key's signature is wrong.</summary>
    /// <param name="Reason">Which, as a sentence.</param>
    public sealed record Refused(string Reason) : NoteVerification;
}
