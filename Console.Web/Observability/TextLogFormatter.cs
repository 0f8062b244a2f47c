using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OpsConsole.Web.Observability;

/// <summary>One line for each log entry, for terminals: time in UTC, level, logger, message; an exception on the lines below.</summary>
/// <param name="time">Clock.</param>
internal sealed class TextLogFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>Name of the formatter.</summary>
    public const string FormatterName = "ops-text";

    /// <inheritdoc />
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var level = logEntry.LogLevel switch
        {
            LogLevel.Critical => "critical",
            LogLevel.Error => "error",
            LogLevel.Warning => "warning",
            LogLevel.Information => "info",
            _ => "debug",
        };

        // A message with line breaks could forge entries.
        var message = LogRedaction.Apply(logEntry.Formatter(logEntry.State, logEntry.Exception)).ReplaceLineEndings(" ");
        textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z {level} {logEntry.Category}[{logEntry.EventId.Id}] {message}"));
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine($"    {LogRedaction.Apply(exception.ToString()).ReplaceLineEndings("\n    ")}");
        }
    }
}
