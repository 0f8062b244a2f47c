using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.AuditTrail.Witnessing;

/// <summary>
/// A witness (c2sp.org/tlog-witness): remembers the last checkpoint of each log it watches, and cosigns the next one only when the log has
/// merely grown. A log whose database was set back, whose history was changed, or whose key was stolen meets a refusal here.
/// </summary>
/// <param name="store">Where it remembers; the only one with that folder open.</param>
/// <param name="logKeys">Keys of the logs it watches: the key's name is the log's origin.</param>
/// <param name="signers">Its own keys.</param>
public sealed class Witness(WitnessStore store, IReadOnlyList<VerifierKey> logKeys, IReadOnlyList<ISigner> signers)
{
    // Comparing with the latest checkpoint and keeping the next must be one step: else a slow request for N could overwrite N + K.
    private readonly Lock gate = new();

    /// <summary>What others verify its cosignatures with.</summary>
    public IReadOnlyList<VerifierKey> Keys { get; } = [.. signers.Select(static s => s.Key)];

    /// <summary>Answers add-checkpoint. When it says cosigned, the checkpoint is on disk.</summary>
    /// <param name="body">The request's body.</param>
    /// <exception cref="IOException">The state cannot be read or written; nothing was cosigned.</exception>
    public WitnessDecision Add(ReadOnlySpan<byte> body)
    {
        if (!ConsistencyFile.TryParse(body, out var request, out var problem))
        {
            return new WitnessDecision.BadRequest(problem);
        }

        var next = request.Checkpoint;
        lock (gate)
        {
            // Before the store is asked: an unknown origin reads no file.
            var latest = logKeys.Any(k => k.Name == next.Checkpoint.Origin) ? store.Latest(next.Checkpoint.Origin)?.Checkpoint : null;
            if (WitnessRules.Refuse(latest, request, logKeys) is { } refusal)
            {
                return refusal;
            }

            var verified = (NoteVerification.Verified)next.Verify(logKeys);
            var own = signers.Select(s => s.Sign(next.Note.Text)).ToList();
            var kept = new SignedCheckpoint(next.Checkpoint, next.Note with { Signatures = [.. verified.By.Select(static v => v.Signature), .. own] });
            CrashPoints.At(CrashStep.WitnessVerified);
            store.Keep(kept);
            CrashPoints.At(CrashStep.WitnessKept);
            return new WitnessDecision.Cosigned(kept, own);
        }
    }

    /// <summary>The latest cosigned checkpoint for the monitors; null when there is none.</summary>
    /// <param name="originHash">SHA-256 of the origin in lower-case hexadecimal.</param>
    /// <exception cref="IOException">The state cannot be read.</exception>
    public SignedCheckpoint? Latest(string originHash)
    {
        var origin = logKeys.Select(static k => k.Name).FirstOrDefault(name => WitnessStore.HashOf(name) == originHash);
        if (origin is null)
        {
            return null;
        }

        lock (gate)
        {
            return store.Latest(origin);
        }
    }
}
