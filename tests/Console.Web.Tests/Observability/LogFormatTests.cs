using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Testing;
using OpsConsole.Web.Hosting;
using OpsConsole.Web.Observability;

namespace OpsConsole.Web.Tests.Observability;

public sealed class LogFormatTests
{
    [Fact]
    public void CloudLogging_Entry_IsOneLineWithSeverityAndTrace()
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var text = new StringWriter();
        new CloudLogFormatter(new ConsoleSettings { Projects = ["acme-prod"] }, new ManualTime()).Write(
            Entry(LogLevel.Error, "It failed:\n\"badly\"", new InvalidOperationException("Password=hunter2")), null, text);

        var line = Assert.Single(text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var json = JsonElement.Parse(line);
        Assert.Equal("ERROR", json.GetProperty("severity").GetString());
        Assert.StartsWith("It failed:\n\"badly\"", json.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException", json.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.Equal($"projects/acme-prod/traces/{activity.TraceId.ToHexString()}", json.GetProperty("logging.googleapis.com/trace").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), json.GetProperty("logging.googleapis.com/spanId").GetString());
        Assert.Equal("2026-11-22T09:00:00.0000000Z", json.GetProperty("time").GetString());
    }

    [Fact]
    public void Text_MessageWithLineBreaks_CannotForgeAnEntry()
    {
        var text = new StringWriter();
        new TextLogFormatter(new ManualTime()).Write(Entry(LogLevel.Warning, "name\r\n2026-11-22 09:00:00Z info Forged[1] all is well", null), null, text);

        Assert.Single(text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static LogEntry<string> Entry(LogLevel level, string message, Exception? exception) =>
        new(level, "Test", new EventId(7), message, exception, static (state, _) => state);
}
