using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Evidence;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Core.Tests.BackgroundActivity.Evidence;

public sealed class EvidenceTests
{
    private readonly LogWorld _world = new();
    private readonly int _request;

    public EvidenceTests()
    {
        _request = _world.Request("i1", 10, 0.5, LogWorld.Trace(1));
        _world.Request("i1", 100, 0.5, LogWorld.Trace(2));
        _world.Line("i1", 10.2, "charged, \"fully\"", LogWorld.Trace(1));
        _world.Line("i1", 14, "=HYPERLINK(\"http://evil.example\")\nsecond line", LogWorld.Trace(1));
        _world.Line("i1", 100.1, "other", LogWorld.Trace(2));
    }

    [Fact]
    public async Task Write_AsCsv_IsRfc4180AndHarmlessInSpreadsheets()
    {
        var text = await WriteAsync(new EvidenceQuery { Request = _world.Requests[_request].InsertId }, EvidenceFormat.Csv);

        Assert.StartsWith("insertId,timestamp,class,basis,request,tailSeconds,probableRequest,revision,instance,severity,text\r\n", text, StringComparison.Ordinal);
        Assert.Contains(",in-request,trace,", text, StringComparison.Ordinal);
        Assert.Contains(",\"charged, \"\"fully\"\"\"\r\n", text, StringComparison.Ordinal);
        Assert.Contains(",after-response,trace,", text, StringComparison.Ordinal);
        Assert.EndsWith(",\"'=HYPERLINK(\"\"http://evil.example\"\")\nsecond line\"\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("other", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_AsNdjson_HasOneObjectALineByTime()
    {
        var text = await WriteAsync(new EvidenceQuery { Service = "checkout" }, EvidenceFormat.Ndjson);

        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(3, rows.Count);
        Assert.Equal(["in-request", "after-response", "in-request"], rows.Select(static r => (string)r["class"]!));
        Assert.Equal("2026-03-02T10:00:14.000000000Z", (string)rows[1]["timestamp"]!);
        Assert.Equal(_world.Requests[_request].InsertId, (string)rows[1]["request"]!);
        Assert.InRange((double)rows[1]["tailSeconds"]!, 3.4, 3.5);
        Assert.Null(rows[0]["tailSeconds"]);
        Assert.Equal("i1", (string)rows[1]["instance"]!);
        Assert.StartsWith("=HYPERLINK", (string)rows[1]["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Select_ByClassAndService_LimitsByBoth()
    {
        var analysis = Analyse();

        Assert.Equal([1], new EvidenceQuery { Classes = [EntryClass.AfterResponse] }.Select(analysis));
        Assert.Empty(new EvidenceQuery { Service = "billing", Classes = [EntryClass.AfterResponse] }.Select(analysis));
        Assert.Empty(new EvidenceQuery { Request = "unknown" }.Select(analysis));
        Assert.Equal(3, new EvidenceQuery { Instance = "i1" }.Select(analysis).Count);
    }

    [Fact]
    public void FileName_OfANarrowQuery_SaysWhatAndWhenAndNothingElse() =>
        Assert.Equal(
            "evidence_acme_checkout_request-a---b_20260302T100000Z_20260302T110000Z.csv",
            new EvidenceQuery { Service = "checkout", Request = "a/\"\nb" }.FileName("acme", LogWorld.Epoch, LogWorld.Epoch.AddHours(1), EvidenceFormat.Csv));

    private Analysis Analyse() => Correlator.Analyse(_world.ToTable(), new CorrelatorOptions(), CancellationToken.None);

    private async Task<string> WriteAsync(EvidenceQuery query, EvidenceFormat format)
    {
        var analysis = Analyse();
        using var target = new MemoryStream();
        await EvidenceWriter.WriteAsync(analysis, query.Select(analysis), format, PipeWriter.Create(target), CancellationToken.None);
        return Encoding.UTF8.GetString(target.ToArray());
    }
}
