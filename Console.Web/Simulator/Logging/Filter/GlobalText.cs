using System.Text.Json;

namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>A value alone in a filter: it may stand in any field.</summary>
internal static class GlobalText
{
    public static bool Contains(LogRecord record, string words)
    {
        bool Has(string? text) => text is not null && text.Contains(words, StringComparison.OrdinalIgnoreCase);

        return Has(record.TextPayload)
            || Has(record.InsertId)
            || Has(record.LogName)
            || Has(record.Trace)
            || Has(record.SpanId)
            || Has(record.Resource.Type)
            || (record.Severity != LogSeverity.DEFAULT && Has(record.Severity.ToString()))
            || Array.Exists(record.Resource.Labels, l => Has(l.Value))
            || Array.Exists(record.Labels, l => Has(l.Value))
            || (record.HttpRequest is { } http && RecordFields.HttpTexts(http).Any(Has))
            || Inside(record.JsonPayload, words)
            || Inside(record.Other, words);
    }

    private static bool Inside(byte[]? json, string words)
    {
        if (json is null)
        {
            return false;
        }

        using var document = JsonDocument.Parse(json);
        return JsonFields.Contains(document.RootElement, words);
    }
}
