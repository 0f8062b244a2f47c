using System.Buffers.Text;
using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>
/// How much room JSON takes in PostgreSQL's <c>jsonb</c>, written as text: a space behind each comma and colon, and numbers without exponents
/// (<c>1e300</c> has 301 digits). An event is measured so before it is taken: the same one fits into every store or into none.
/// </summary>
internal static class StoredSize
{
    /// <summary>Digits behind the point that PostgreSQL's <c>numeric</c> keeps; a number with more is refused by it.</summary>
    public const int FractionDigits = 16383;

    /// <summary>Bytes of JSON as our own writer prints it (<see cref="AuditEventWriter"/>), once it is text of <c>jsonb</c>.</summary>
    public static long Of(ReadOnlySpan<byte> utf8)
    {
        long size = 0;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = AuditEventLimits.EventBytes });
        var isFirst = true;
        while (reader.Read())
        {
            var isEnd = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            // ", " before each name or value but the first, ": " before the value of a name.
            size += isFirst || isEnd ? 0 : 2;
            size += reader.TokenType switch
            {
                JsonTokenType.String or JsonTokenType.PropertyName => reader.ValueSpan.Length + 2,
                JsonTokenType.Number => Written(reader.ValueSpan),
                JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.StartArray or JsonTokenType.EndArray => 1,
                _ => reader.ValueSpan.Length,
            };
            isFirst = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        }

        return size;
    }

    /// <summary>True for a number of JSON that <c>numeric</c> can hold, apart from its range.</summary>
    public static bool IsKept(ReadOnlySpan<byte> number) => Parts(number).Fraction <= FractionDigits;

    // At most one byte too many: zeros in front are not looked for.
    private static long Written(ReadOnlySpan<byte> number)
    {
        var (whole, fraction) = Parts(number);
        return (number[0] == (byte)'-' ? 1 : 0) + Math.Max(whole, 1) + (fraction > 0 ? fraction + 1 : 0);
    }

    // Digits before and behind the point, once the exponent is worked in.
    private static (long Whole, long Fraction) Parts(ReadOnlySpan<byte> number)
    {
        var digits = number[0] == (byte)'-' ? number[1..] : number;
        var e = digits.IndexOfAny((byte)'e', (byte)'E');
        long exponent = 0;
        if (e >= 0)
        {
            var text = digits[(e + 1)..];
            text = text[0] == (byte)'+' ? text[1..] : text;
            // An exponent of more digits than a long has is far away in any case.
            exponent = Utf8Parser.TryParse(text, out long parsed, out _) ? Math.Clamp(parsed, -1_000_000_000, 1_000_000_000) : text[0] == (byte)'-' ? -1_000_000_000 : 1_000_000_000;
            digits = digits[..e];
        }

        var point = digits.IndexOf((byte)'.');
        var (before, behind) = point < 0 ? (digits.Length, 0) : (point, digits.Length - point - 1);
        // A power of ten makes nothing of zero.
        return (digits.ContainsAnyInRange((byte)'1', (byte)'9') ? before + exponent : 1, Math.Max(0, behind - exponent));
    }
}
