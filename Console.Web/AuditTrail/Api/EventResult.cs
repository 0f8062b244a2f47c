using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Web.AuditTrail.Api;

/// <summary>What became of one event of a request, in the order in which they were sent.</summary>
internal sealed record EventResult
{
    /// <summary>recorded, duplicate, conflict, invalid, forbidden.</summary>
    public required string Status { get; init; }

    /// <summary>Id of the event; null when it could not be read.</summary>
    public string? Id { get; init; }

    /// <summary>Workspace of the event.</summary>
    public string? Workspace { get; init; }

    /// <summary>Number in order of arrival, as a string: JSON's numbers end at 2^53.</summary>
    public string? Sequence { get; init; }

    /// <summary>When it was recorded, microseconds UTC. Of a duplicate or a conflict: when the first was.</summary>
    public string? RecordedAt { get; init; }

    /// <summary>With <c>wait=sealed</c>: whether a signed checkpoint covers it.</summary>
    public bool? Sealed { get; init; }

    /// <summary>Index of its leaf, as a string.</summary>
    public string? Index { get; init; }

    /// <summary>Proof that it is in the log: a text of c2sp.org/tlog-proof@v1.</summary>
    public string? Proof { get; init; }

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyList<AuditEventProblem>? Errors { get; init; }
}
