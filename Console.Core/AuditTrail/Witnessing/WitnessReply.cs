using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Witnessing;

/// <summary>What a witness answered, as the log sees it.</summary>
public abstract record WitnessReply
{
    private WitnessReply()
    {
    }

    /// <summary>It cosigned, and its signature is good.</summary>
    /// <param name="Cosignatures">Lines to add to the checkpoint.</param>
    /// <param name="Time">When it signed, by its clock.</param>
    public sealed record Cosigned(IReadOnlyList<NoteSignature> Cosignatures, DateTimeOffset Time) : WitnessReply;

    /// <summary>
    /// It saw another size last: send a proof from there. When that size is above ours, this log was set back after the witness had seen
    /// more of it: an incident.
    /// </summary>
    /// <param name="Size">What it saw last.</param>
    public sealed record Conflict(long Size) : WitnessReply;

    /// <summary>It says that this log contradicts what it saw before: an incident.</summary>
    /// <param name="Reason">Its words, or ours.</param>
    public sealed record Inconsistent(string Reason) : WitnessReply;

    /// <summary>It does not know this log, or not this key, or cannot read the request: somebody must configure one of the two.</summary>
    /// <param name="Status">HTTP status: 400, 403 or 404.</param>
    /// <param name="Reason">Its words, or ours.</param>
    public sealed record Refused(int Status, string Reason) : WitnessReply;

    /// <summary>No answer, or none that can be understood or trusted: try again later.</summary>
    /// <param name="Reason">As a sentence.</param>
    public sealed record Unavailable(string Reason) : WitnessReply;
}
