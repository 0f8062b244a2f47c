namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>An event as its leaf holds it: fields in clear, and commitments to those that may be erased or left undisclosed.</summary>
public sealed record EventLeaf : Leaf
{
    /// <summary>Number in order of arrival.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Which way it came in.</summary>
    public required AuditVia Via { get; init; }

    /// <summary>Who appended it.</summary>
    public required string AppendedBy { get; init; }

    /// <summary>Id of the event.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Workspace.</summary>
    public required string Workspace { get; init; }

    /// <summary>Trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>Span id.</summary>
    public string? SpanId { get; init; }

    /// <summary>Kind of actor.</summary>
    public required AuditActorType ActorType { get; init; }

    /// <summary>Pseudonym of the actor: random, one for each (type, id), so that it means nothing once its row is erased.</summary>
    public required string ActorRef { get; init; }

    /// <summary>Action.</summary>
    public required string Action { get; init; }

    /// <summary>Outcome.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>Resource.</summary>
    public AuditResource? Resource { get; init; }

    /// <summary>Source.</summary>
    public AuditSource? Source { get; init; }

    /// <summary>Version of the event's form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Digests of the committed fields by name (<see cref="CommittedFields"/>), base64url of 32 bytes, in the order of the leaf.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Commitments { get; init; }
}
