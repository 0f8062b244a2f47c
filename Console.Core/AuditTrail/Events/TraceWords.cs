using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>Trace and span ids in the spellings that programs have at hand, as W3C Trace Context ids.</summary>
public static class TraceWords
{
    /// <summary>
    /// Reads <c>4bf92f3577b34da6a3ce929d0e0e4736</c>, <c>projects/P/traces/4bf9…</c> or a whole <c>traceparent</c> header
    /// (<c>00-4bf9…-00f067aa0ba902b7-01</c>, which brings its span).
    /// </summary>
    public static bool TryTrace(string text, [NotNullWhen(true)] out string? trace, out string? span)
    {
        (trace, span) = (null, null);
        if (text.Length >= 55 && text[2] == '-' && text[35] == '-' && text[52] == '-')
        {
            if (!TrySpan(text[36..52], out span))
            {
                return false;
            }

            text = text[3..35];
        }
        else if (text.Contains('/', StringComparison.Ordinal)
            && !(text.StartsWith("projects/", StringComparison.Ordinal) && text.Contains("/traces/", StringComparison.Ordinal)))
        {
            return false;
        }

        if (!TraceId.TryParse(text, out var id))
        {
            return false;
        }

        trace = id.ToString();
        return true;
    }

    /// <summary>Reads 16 hexadecimal digits that are not all zeros.</summary>
    public static bool TrySpan(string text, [NotNullWhen(true)] out string? span)
    {
        span = null;
        if (text.Length != 16 || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) || id == 0)
        {
            return false;
        }

        span = id.ToString("x16", CultureInfo.InvariantCulture);
        return true;
    }
}
