using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Witnessing;

/// <summary>What a witness does with a request to cosign (c2sp.org/tlog-witness, add-checkpoint), with the HTTP status that says it.</summary>
public abstract record WitnessDecision
{
    private WitnessDecision(int status) => Status = status;

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>200: cosigned and kept.</summary>
    /// <param name="Checkpoint">With the log's signatures that were verified, and the witness's own.</param>
    /// <param name="Cosignatures">The answer: the witness's own lines.</param>
    public sealed record Cosigned(SignedCheckpoint Checkpoint, IReadOnlyList<NoteSignature> Cosignatures) : WitnessDecision(200);

    /// <summary>400: the request is malformed, or its old size is above the new one.</summary>
    /// <param name="Reason">As a sentence.</param>
    public sealed record BadRequest(string Reason) : WitnessDecision(400);

    /// <summary>403: no trusted key of the log signed, or a trusted key's signature is wrong.</summary>
    /// <param name="Reason">As a sentence.</param>
    public sealed record Forbidden(string Reason) : WitnessDecision(403);

    /// <summary>404: the origin is not a log that this witness watches.</summary>
    /// <param name="Origin">The unknown one.</param>
    public sealed record UnknownOrigin(string Origin) : WitnessDecision(404);

    /// <summary>409: the request starts from another size than the witness saw last.</summary>
    /// <param name="Size">What it saw last.</param>
    public sealed record Conflict(long Size) : WitnessDecision(409);

    /// <summary>422: the log did not only grow: the proof is wrong, or there is another root for a size.</summary>
    /// <param name="Reason">As a sentence.</param>
    public sealed record Inconsistent(string Reason) : WitnessDecision(422);
}
