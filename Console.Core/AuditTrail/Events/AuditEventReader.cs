using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>
/// Reads an event from its JSON, and checks it: every problem is named with its field and the way out, unknown properties are refused
/// (a mistyped <c>wrokspace</c> must not be lost in silence), ids are brought to one spelling, times to microseconds.
/// </summary>
public static class AuditEventReader
{
    /// <summary>Reads one JSON object.</summary>
    /// <param name="utf8">The object, in UTF-8.</param>
    /// <param name="workspace">Workspace of an event that names none; null when it must name one.</param>
    public static AuditEventReading Read(ReadOnlySpan<byte> utf8, string? workspace = null)
    {
        if (utf8.Length > AuditEventLimits.EventBytes)
        {
            return Refused("", $"The event has {utf8.Length} bytes; at most {AuditEventLimits.EventBytes} are taken. Put large states elsewhere and record their hash.");
        }

        try
        {
            return new EventParsing(utf8, workspace).Run();
        }
        catch (JsonException e)
        {
            return Refused("", $"The event is not valid JSON, at byte {e.BytePositionInLine} of line {e.LineNumber + 1}.");
        }
    }

    /// <summary>Reads one JSON object.</summary>
    public static AuditEventReading Read(JsonElement element, string? workspace = null) => Read(JsonMarshal.GetRawUtf8Value(element), workspace);

    /// <summary>Checks an event that a program of ours made; null when nothing is wrong with it.</summary>
    public static string? WhyRefused(AuditEvent auditEvent) =>
        Read(AuditEventWriter.Write(auditEvent)) is AuditEventReading.Refused refused ? refused.Sentence : null;

    /// <summary>
    /// Reads what the store holds. What was committed must be sealed whatever it is: a body that is no event (a column edited by hand, a rule that has
    /// changed since) becomes an event of its own that says so and carries the body as text in its details.
    /// </summary>
    /// <param name="body">The stored JSON.</param>
    /// <param name="workspace">Workspace of the stored row.</param>
    /// <param name="id">Id of the stored row.</param>
    /// <param name="recordedAt">When the row was recorded.</param>
    public static AuditEvent ReadStored(ReadOnlySpan<byte> body, string workspace, string id, DateTimeOffset recordedAt)
    {
        var reading = Read(body);
        if (reading is AuditEventReading.Accepted { Event: var e }
            && string.Equals(e.Id, id, StringComparison.Ordinal) && string.Equals(e.Workspace, workspace, StringComparison.Ordinal))
        {
            return e;
        }

        return new AuditEvent
        {
            Id = id,
            Time = AuditTime.Truncate(recordedAt),
            Workspace = workspace,
            Actor = new AuditActor { Type = AuditActorType.System, Id = "opsconsole" },
            Action = AuditActions.Unreadable,
            Outcome = AuditOutcome.Unknown,
            Reason = reading is AuditEventReading.Refused refused
                ? refused.Sentence[..Math.Min(refused.Sentence.Length, AuditEventLimits.Reason)]
                : "The stored event names another id or workspace than its row.",
            Details = JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(body)),
        };
    }

    private static AuditEventReading.Refused Refused(string field, FormattableString message) =>
        new([new AuditEventProblem(field, FormattableString.Invariant(message))]);
}
