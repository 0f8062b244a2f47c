using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>Events as they come over the wire: one object, an array of objects, or one object a line (NDJSON).</summary>
/// <param name="Items">What came of each, in the order given.</param>
/// <param name="IsSingle">True for one object that stands alone.</param>
public sealed record AuditEventBatch(IReadOnlyList<AuditEventReading> Items, bool IsSingle)
{
    /// <summary>Most events of one batch.</summary>
    public const int MaxEvents = 1000;

    /// <summary>Most bytes of one batch.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Reads a body of <c>application/json</c>.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="workspace">Workspace of events that name none.</param>
    /// <param name="problem">Why there is no batch at all: a sentence.</param>
    public static AuditEventBatch? ReadJson(ReadOnlySpan<byte> utf8, string? workspace, out string? problem)
    {
        problem = null;
        utf8 = WithoutMark(utf8);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxBytes });
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return new AuditEventBatch([Read(utf8, workspace)], true);
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                problem = "The body is neither an event nor an array of events.";
                return null;
            }

            var items = new List<AuditEventReading>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var from = (int)reader.TokenStartIndex;
                reader.Skip();
                items.Add(Read(utf8[from..(int)reader.BytesConsumed], workspace));
                if (items.Count > MaxEvents)
                {
                    problem = TooMany;
                    return null;
                }
            }

            // What follows the array would be lost in silence.
            reader.Read();
            return Checked(items, out problem);
        }
        catch (JsonException e)
        {
            problem = FormattableString.Invariant($"The body is not valid JSON, at byte {e.BytePositionInLine} of line {e.LineNumber + 1}.");
            return null;
        }
    }

    /// <summary>Reads a body of <c>application/x-ndjson</c>: empty lines are skipped.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="workspace">Workspace of events that name none.</param>
    /// <param name="problem">Why there is no batch at all: a sentence.</param>
    public static AuditEventBatch? ReadLines(ReadOnlySpan<byte> utf8, string? workspace, out string? problem)
    {
        utf8 = WithoutMark(utf8);
        var items = new List<AuditEventReading>();
        while (!utf8.IsEmpty)
        {
            var end = utf8.IndexOf((byte)'\n');
            var line = (end < 0 ? utf8 : utf8[..end]).Trim(" \t\r"u8);
            utf8 = end < 0 ? [] : utf8[(end + 1)..];
            if (line.IsEmpty)
            {
                continue;
            }

            if (items.Count == MaxEvents)
            {
                problem = TooMany;
                return null;
            }

            items.Add(Read(line, workspace));
        }

        return Checked(items, out problem);
    }

    /// <summary>The problem of a body with more events than a request may have.</summary>
    public const string TooMany = "The body has more than 1000 events; send several requests.";

    // What is kept may be larger than what was sent: the workspace of the token, spaces, numbers written out.
    private static AuditEventReading Read(ReadOnlySpan<byte> utf8, string? workspace)
    {
        var reading = AuditEventReader.Read(utf8, workspace);
        return reading is AuditEventReading.Accepted { Event: var e } && StoredSize.Of(AuditEventWriter.Write(e)) is var size and > AuditEventLimits.EventBytes
            ? new AuditEventReading.Refused([new AuditEventProblem("", FormattableString.Invariant(
                $"The event takes {size} bytes as it is kept, with its numbers written out and spaces between its parts; at most {AuditEventLimits.EventBytes} are taken. Put large states elsewhere and record their hash."))])
            : reading;
    }

    private static AuditEventBatch? Checked(List<AuditEventReading> items, out string? problem)
    {
        problem = items.Count == 0 ? "The body has no event." : null;
        return problem is null ? new AuditEventBatch(items, false) : null;
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
}
