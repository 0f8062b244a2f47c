using System.Text;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Logs;

public sealed class LogEntryReaderTests
{
    [Fact]
    public void TryRead_RequestEntry_ReadsAllFields()
    {
        var entry = Read(RealShapes.RequestEntry);

        Assert.Equal("6951d2870005ef93ee656b6e", entry.InsertId);
        Assert.Equal("projects/acme/logs/run.googleapis.com%2Frequests", entry.LogName);
        Assert.Equal(new DateTimeOffset(2025, 12, 29, 0, 58, 51, TimeSpan.Zero).AddTicks(181_420), entry.Timestamp);
        Assert.Equal(new DateTimeOffset(2025, 12, 29, 0, 59, 51, TimeSpan.Zero).AddTicks(3_923_077), entry.ReceiveTimestamp);
        Assert.Equal(("ERROR", "booker", "booker-00067-c4g", "northamerica-northeast1"), (entry.Severity, entry.ServiceName, entry.RevisionName, entry.Location));
        Assert.Equal("7e51cf68801c905c1c01475feb7b060f", entry.Trace.ToString());
        Assert.Equal(("0007e26d68", "08eee4fdfb6436f7", ""), (entry.InstanceId, entry.SpanId, entry.Text));
        Assert.Equal(("POST", 502), (entry.HttpRequest!.Method, entry.HttpRequest.Status));
        Assert.Equal(603_691_591, entry.HttpRequest.Latency!.Value.Ticks);
    }

    [Theory]
    [InlineData("\"textPayload\":\"hello\"", "hello")]
    [InlineData("\"jsonPayload\":{\"message\":\"hello\",\"n\":1}", "hello")]
    [InlineData("\"jsonPayload\":{\"n\":1}", "{\"n\":1}")]
    [InlineData("\"jsonPayload\":{\"message\":{\"a\":1}}", "{\"message\":{\"a\":1}}")]
    [InlineData("\"protoPayload\":{\"methodName\":\"x\"}", "{\"methodName\":\"x\"}")]
    [InlineData("\"insertId\":\"1\"", "")]
    public void TryRead_AnyPayload_HasItsText(string payload, string expected) =>
        Assert.Equal(expected, Read($$"""{"timestamp":"2026-01-01T00:00:00Z",{{payload}}}""").Text);

    [Fact]
    public void TryRead_OnlyATimestamp_IsAllDefaults()
    {
        var entry = Read("""{"timestamp":"2026-01-01T00:00:00Z"}""");

        Assert.Equal("", entry.Severity);
        Assert.True(entry.Trace.IsNone);
        Assert.Null(entry.HttpRequest);
        Assert.Null(entry.ReceiveTimestamp);
    }

    [Theory]
    [InlineData("cloud_run_job", "job_name")]
    [InlineData("cloud_run_worker_pool", "worker_pool_name")]
    public void TryRead_JobOrWorkerPool_TakesItsName(string type, string label) =>
        Assert.Equal("x", Read($$$"""{"timestamp":"2026-01-01T00:00:00Z","resource":{"type":"{{{type}}}","labels":{"{{{label}}}":"x"} } }""").ServiceName);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"timestamp":5}""")]
    [InlineData("""{"timestamp":"yesterday"}""")]
    public void TryRead_NotAnEntry_IsRefused(string json) => Assert.False(LogEntryReader.TryRead(Encoding.UTF8.GetBytes(json), out _));

    [Theory]
    [InlineData("""{"timestamp":"2026-01-01T00:00:00Z","httpRequest":{"status":"200","latency":7},"resource":[],"labels":null,"trace":1}""")]
    [InlineData("""{"timestamp":"2026-01-01T00:00:00Z","httpRequest":{},"resource":{"labels":"x"},"jsonPayload":null}""")]
    public void TryRead_WrongTypesInside_AreTakenAsAbsent(string json) => Assert.Equal("", Read(json).ServiceName);

    private static LogEntry Read(string json)
    {
        Assert.True(LogEntryReader.TryRead(Encoding.UTF8.GetBytes(json), out var entry));
        return entry;
    }
}
