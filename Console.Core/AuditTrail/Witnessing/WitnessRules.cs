using System.Globalization;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Witnessing;

/// <summary>The checks of c2sp.org/tlog-witness, add-checkpoint, without any input or output.</summary>
public static class WitnessRules
{
    /// <summary>Whether a checkpoint may be cosigned; null when it may.</summary>
    /// <param name="latest">What was cosigned last for this origin; null when nothing was.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="logKeys">Keys of all logs that are watched.</param>
    public static WitnessDecision? Refuse(Checkpoint? latest, ConsistencyFile request, IReadOnlyList<VerifierKey> logKeys)
    {
        ArgumentNullException.ThrowIfNull(request);
        var next = request.Checkpoint.Checkpoint;
        if (logKeys.All(k => k.Name != next.Origin))
        {
            return new WitnessDecision.UnknownOrigin(next.Origin);
        }

        if (request.Checkpoint.Verify(logKeys) is NoteVerification.Refused refused)
        {
            return new WitnessDecision.Forbidden(refused.Reason);
        }

        if (request.OldSize > next.Size)
        {
            return new WitnessDecision.BadRequest(string.Create(CultureInfo.InvariantCulture, $"The old size {request.OldSize} is above the size {next.Size} of the checkpoint."));
        }

        var known = latest?.Size ?? 0;
        if (request.OldSize != known)
        {
            return new WitnessDecision.Conflict(known);
        }

        if (next.Size == 0 && next.Root != TreeHasher.Empty)
        {
            return new WitnessDecision.Inconsistent("The root of a tree without leaves is SHA-256 of nothing; the checkpoint has another.");
        }

        return request.Proof.Verify(latest?.Root ?? TreeHasher.Empty, next.Root)
            ? null
            : new WitnessDecision.Inconsistent(
                next.Size == known
                    ? string.Create(CultureInfo.InvariantCulture, $"Another root was cosigned for size {known}, or a proof was sent where none is needed.")
                    : string.Create(CultureInfo.InvariantCulture, $"The proof from {known} to {next.Size} leaves does not hold: the log did not only grow."));
    }
}
