using System.Text.Json;

namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>
/// A value alone in a filter: it may stand in any field. What thousands of entries share (log, resource, labels) is looked at once.
/// </summary>
internal sealed class GlobalText(string words)
{
    private readonly Dictionary<object, bool> shared = new(ReferenceEqualityComparer.Instance);

    public bool IsIn(LogRecord record) =>
        Has(record.TextPayload)
        || Has(record.InsertId)
        || Has(record.Trace)
        || Has(record.SpanId)
        || (record.Severity != LogSeverity.DEFAULT && Has(record.Severity.ToString()))
        || Once(record.LogName, record, static (text, r) => text.Has(r.LogName))
        || Once(record.Resource, record, static (text, r) => text.Has(r.Resource.Type) || Array.Exists(r.Resource.Labels, l => text.Has(l.Value)))
        || Once(record.Labels, record, static (text, r) => Array.Exists(r.Labels, l => text.Has(l.Value)))
        || (record.HttpRequest is { } http && RecordFields.HttpTexts(http).Any(Has))
        || IsInside(record.JsonPayload)
        || IsInside(record.Other);

    private bool Has(string? text) => text is not null && text.Contains(words, StringComparison.OrdinalIgnoreCase);

    private bool Once(object key, LogRecord record, Func<GlobalText, LogRecord, bool> look)
    {
        if (!shared.TryGetValue(key, out var answer))
        {
            shared[key] = answer = look(this, record);
        }

        return answer;
    }

    private bool IsInside(byte[]? json)
    {
        if (json is null)
        {
            return false;
        }

        using var document = JsonDocument.Parse(json);
        return JsonFields.Contains(document.RootElement, words);
    }
}
