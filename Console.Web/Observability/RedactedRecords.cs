using OpenTelemetry;
using OpenTelemetry.Logs;

namespace OpsConsole.Web.Observability;

/// <summary>Masks what looks like a secret in the log records that leave over OTLP, as the formatters do for the console's output.</summary>
internal sealed class RedactedRecords : BaseProcessor<LogRecord>
{
    /// <inheritdoc />
    public override void OnEnd(LogRecord data)
    {
        if (data.FormattedMessage is { } message)
        {
            data.FormattedMessage = LogRedaction.Apply(message);
        }

        // The exporter would write the exception as it is, with all that is in the messages of what it wraps.
        if (data.Exception is { } exception)
        {
            data.Exception = null;
            data.Attributes =
            [
                .. data.Attributes ?? [],
                KeyValuePair.Create("exception.type", (object?)exception.GetType().FullName),
                KeyValuePair.Create("exception.message", (object?)exception.Message),
                KeyValuePair.Create("exception.stacktrace", (object?)exception.ToString()),
            ];
        }

        if (data.Attributes is { Count: > 0 } attributes)
        {
            data.Attributes = [.. attributes.Select(static a => a.Value is string text ? KeyValuePair.Create(a.Key, (object?)LogRedaction.Apply(text)) : a)];
        }
    }
}
