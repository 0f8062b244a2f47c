namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>What came of checking a checkpoint or a proof against a <see cref="WitnessPolicy"/>.</summary>
public abstract record ProofVerdict
{
    private ProofVerdict()
    {
    }

    /// <summary>A trusted log signed, and enough trusted witnesses did.</summary>
    /// <param name="Log">The log's signatures.</param>
    /// <param name="Witnesses">The good cosignatures, with their times.</param>
    public sealed record Trusted(IReadOnlyList<VerifiedSignature> Log, IReadOnlyList<VerifiedSignature> Witnesses) : ProofVerdict;

    /// <summary>Something is wrong or missing.</summary>
    /// <param name="Reason">What, as a sentence.</param>
    public sealed record Refused(string Reason) : ProofVerdict;
}
