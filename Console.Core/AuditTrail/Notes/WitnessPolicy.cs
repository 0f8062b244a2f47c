using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>
/// Who is trusted (c2sp.org/tlog-policy): logs, witnesses, and how many of the witnesses must have cosigned. A checkpoint is valid when one
/// of the logs signed it and the quorum is met.
/// </summary>
public sealed class WitnessPolicy
{
    private readonly Quorum quorum;

    internal WitnessPolicy(IReadOnlyList<PolicyKey> logs, IReadOnlyList<PolicyKey> witnesses, Quorum quorum)
    {
        Logs = logs;
        Witnesses = witnesses;
        this.quorum = quorum;
    }

    /// <summary>The logs.</summary>
    public IReadOnlyList<PolicyKey> Logs { get; }

    /// <summary>The witnesses.</summary>
    public IReadOnlyList<PolicyKey> Witnesses { get; }

    /// <summary>A policy of logs alone, without witnesses: <c>quorum none</c>.</summary>
    public static WitnessPolicy OfLogs(params IEnumerable<VerifierKey> logs) =>
        new([.. logs.Select(static k => new PolicyKey(k.Name, k, null))], [], Quorum.None);

    /// <summary>A policy of logs and of witnesses, of which so many must have cosigned.</summary>
    /// <param name="logs">Keys of type 01.</param>
    /// <param name="witnesses">Keys of type 04.</param>
    /// <param name="needed">0 for none.</param>
    public static WitnessPolicy Of(IEnumerable<VerifierKey> logs, IEnumerable<VerifierKey> witnesses, int needed)
    {
        var members = witnesses.Select(static k => new PolicyKey(k.Name, k, null)).ToList();
        ArgumentOutOfRangeException.ThrowIfNegative(needed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(needed, members.Count);
        return new(
            [.. logs.Select(static k => new PolicyKey(k.Name, k, null))],
            members,
            needed == 0 ? Quorum.None : new Quorum(needed, [.. members.Select(static m => new Quorum(m.Key))]));
    }

    /// <summary>Reads a policy file.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out WitnessPolicy? policy, [NotNullWhen(false)] out string? problem)
    {
        var reader = new PolicyReader();
        policy = reader.Read(bytes);
        problem = reader.Problem;
        return policy is not null;
    }

    /// <summary>Says whether a checkpoint is valid under this policy.</summary>
    public ProofVerdict Judge(SignedCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var log = checkpoint.Verify(Logs.Select(static l => l.Key));
        if (log is NoteVerification.Refused refused)
        {
            return new ProofVerdict.Refused(
                Logs.Any(l => l.Key.Name == checkpoint.Checkpoint.Origin) ? refused.Reason : $"The policy trusts no log named {checkpoint.Checkpoint.Origin}.");
        }

        var cosigned = new List<VerifiedSignature>();
        if (Witnesses.Any(w => checkpoint.Note.Signatures.Any(s => s.Claims(w.Key))))
        {
            switch (checkpoint.Note.Verify(Witnesses.Select(static w => w.Key)))
            {
                case NoteVerification.Refused wrong:
                    return new ProofVerdict.Refused(wrong.Reason);
                case NoteVerification.Verified good:
                    cosigned.AddRange(good.By);
                    break;
            }
        }

        return quorum.IsMet([.. cosigned.Select(static c => c.Key)])
            ? new ProofVerdict.Trusted(((NoteVerification.Verified)log).By, cosigned)
            : new ProofVerdict.Refused(
                $"The quorum of witnesses is not met: {(cosigned.Count == 0 ? "none" : string.Join(", ", cosigned.Select(static c => c.Key.Name)))} of the {Witnesses.Count} trusted witnesses cosigned.");
    }
}
