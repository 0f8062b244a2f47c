using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OpsConsole.Core.Logs;

/// <summary>
/// A W3C trace id: 128 bits, 32 hexadecimal digits. Cloud Logging writes it in two spellings,
/// <c>projects/P/traces/4bf92f35…</c> (the older) and <c>4bf92f35…</c> (preferred today): both parse to the same value.
/// See https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry (trace) and W3C Trace Context, section 3.2.2.3.
/// </summary>
/// <param name="Value">The 128 bits; zero is "no trace".</param>
public readonly record struct TraceId(UInt128 Value)
{
    /// <summary>No trace.</summary>
    public static TraceId None => default;

    /// <summary>True for the all-zero id, which W3C calls invalid.</summary>
    public bool IsNone => Value == UInt128.Zero;

    /// <summary>Parses either spelling; false for anything that is not 32 hexadecimal digits, or is all zeros.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TraceId trace)
    {
        trace = None;
        if (text is null)
        {
            return false;
        }

        var hex = text.AsSpan(text.LastIndexOf('/') + 1);
        if (hex.Length != 32 || !UInt128.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value == UInt128.Zero)
        {
            return false;
        }

        trace = new TraceId(value);
        return true;
    }

    /// <summary>The bare id in lower case.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
