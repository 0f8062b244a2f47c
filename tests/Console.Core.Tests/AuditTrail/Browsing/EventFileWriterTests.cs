using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.Tests.AuditTrail.Browsing;

public sealed class EventFileWriterTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Write_AsCsv_OneLineAnEventAndNoFormula()
    {
        var (text, summary) = await WriteAsync(EventFileFormat.Csv, Record("e1", reason: "=HYPERLINK(\"http://evil\")"), Record("e2", reason: "a,\"b\"\nc"));

        Assert.StartsWith("time,recordedAt,workspace,id,", text, StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(\"\"http://evil\"\")\",", text, StringComparison.Ordinal);
        Assert.Contains(",\"a,\"\"b\"\"\nc\",", text, StringComparison.Ordinal);
        Assert.Contains("\r\n2026-03-02T10:00:00.000000Z,2026-03-02T10:00:01.000000Z,acme,e2,user,sam@acme.example,", text, StringComparison.Ordinal);
        Assert.Equal(2, summary.Events);
    }

    [Fact]
    public async Task Write_AsNdjson_EventsReadBackAsTheyWere()
    {
        var records = new[] { Record("e1", reason: "ü \"x\"\n</script>"), Record("e2") };

        var (text, _) = await WriteAsync(EventFileFormat.Ndjson, records);

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        foreach (var (line, record) in lines.Zip(records))
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(AuditEventWriter.Print(record.Event), json.RootElement.GetProperty("event").GetRawText());
            Assert.Equal("9007199254740993", json.RootElement.GetProperty("position").GetProperty("index").GetString());
        }
    }

    [Fact]
    public async Task Write_AnyFile_SummaryIsOfItsBytes()
    {
        var (text, summary) = await WriteAsync(EventFileFormat.Ndjson, [.. Enumerable.Range(0, 500).Select(static i => Record($"e{i}", reason: new string('x', 300)))]);

        Assert.Equal(500, summary.Events);
        Assert.Equal(Encoding.UTF8.GetByteCount(text), summary.Bytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), summary.Sha256);
    }

    private static async Task<(string Text, EventFileSummary Summary)> WriteAsync(EventFileFormat format, params AuditRecord[] records)
    {
        using var target = new MemoryStream();
        var summary = await EventFileWriter.WriteAsync(records.ToAsyncEnumerable(), format, target, CancellationToken.None);
        return (Encoding.UTF8.GetString(target.ToArray()), summary);
    }

    private static AuditRecord Record(string id, string? reason = null) => new(
        new AuditEvent
        {
            Id = id,
            Time = Time,
            Workspace = "acme",
            Actor = new AuditActor { Type = AuditActorType.User, Id = "sam@acme.example" },
            Action = "invoice.approve",
            Outcome = AuditOutcome.Success,
            Reason = reason,
            Details = JsonDocument.Parse("""{"amount":"12.50"}""").RootElement,
        },
        new AuditPosition { Sequence = 3, RecordedAt = Time.AddSeconds(1), Via = AuditVia.Api, AppendedBy = "billing", Index = 9007199254740993, SealedAt = Time.AddSeconds(2) },
        "cHNldWRvbnltMTIzNDU2Nw",
        []);
}
