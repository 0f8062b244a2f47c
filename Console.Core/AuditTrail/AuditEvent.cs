using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Core.AuditTrail;

/// <summary>
/// One thing that somebody did, or tried to do. No event without actor, action, time, outcome and workspace.
/// Its JSON form (the HTTP API, <c>audit.append(jsonb)</c> and exports) has the property names of this record in camelCase.
/// </summary>
public sealed record AuditEvent
{
    /// <summary>UUID version 7, or the client's own idempotency key: unique in the workspace, at most 128 printable ASCII characters.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened, by the clock of whoever reports it. UTC, truncated to microseconds.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The tenant, project or business unit that the event belongs to.</summary>
    public required string Workspace { get; init; }

    /// <summary>W3C trace id: 32 lower-case hex digits; null where there is none.</summary>
    public string? TraceId { get; init; }

    /// <summary>W3C span id: 16 lower-case hex digits; null where there is none.</summary>
    public string? SpanId { get; init; }

    /// <summary>Who.</summary>
    public required AuditActor Actor { get; init; }

    /// <summary>What: a dotted name in lower case, for example <c>invoice.approve</c>. See <see cref="AuditActions"/> for the console's own.</summary>
    public required string Action { get; init; }

    /// <summary>How it ended.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>Why it was done, or why it failed or was denied. Committed, not in clear.</summary>
    public string? Reason { get; init; }

    /// <summary>To what.</summary>
    public AuditResource? Resource { get; init; }

    /// <summary>Reported by which program.</summary>
    public AuditSource? Source { get; init; }

    /// <summary>State before, any JSON. Committed, not in clear.</summary>
    public JsonElement? Before { get; init; }

    /// <summary>State after, any JSON. Committed, not in clear.</summary>
    public JsonElement? After { get; init; }

    /// <summary>Anything else, any JSON. Committed, not in clear.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>Version of this form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>
    /// Of an event that records a reading: the workspaces that the reader may see, null for all. It limits what is given out with it, and is no
    /// part of the event: nothing of it is stored or sent.
    /// </summary>
    [JsonIgnore]
    internal IReadOnlyList<string>? Readable { get; init; }
}
