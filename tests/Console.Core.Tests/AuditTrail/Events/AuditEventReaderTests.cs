using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Events;

public sealed class AuditEventReaderTests
{
    private const string Good = """
        {"id":"k-1","time":"2026-03-01T09:30:00.123456Z","workspace":"acme","actor":{"type":"user","id":"ada@acme.example"},"action":"invoice.approve","outcome":"success"}
        """;

    [Fact]
    public void Read_WhatWasWritten_IsTheSameEvent() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll<int>(seed =>
        {
            var written = AuditEventWriter.Write(AnyEvent.Of(new System.Random(seed)));

            var read = Assert.IsType<AuditEventReading.Accepted>(AuditEventReader.Read(written)).Event;

            Assert.Equal(Encoding.UTF8.GetString(written), AuditEventWriter.Print(read));
        }));

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void Read_LettersOfTwoCodeUnits_CountOnce(int letters, bool fits)
    {
        var good = JsonNode.Parse(Good)!.AsObject();
        good["reason"] = string.Concat(Enumerable.Repeat("😀", letters));

        var read = AuditEventReader.Read(Encoding.UTF8.GetBytes(good.ToJsonString()));

        Assert.Equal(fits ? "" : "reason has 4097 characters; at most 4096 are taken.", read is AuditEventReading.Refused refused ? refused.Sentence : "");
    }

    [Theory]
    [InlineData("actor", """{"id":"eve","type":"user","id":"ada"}""", "actor.id")]
    [InlineData("actor", """{"type":"user","id":"ada","\u0069d":"eve"}""", "actor.id")]
    [InlineData("resource", """{"type":"t","id":"1","type":"t"}""", "resource.type")]
    [InlineData("source", """{"service":"a","revision":null,"revision":"r"}""", "source.revision")]
    public void Read_ANameTwiceInsideAnObject_IsRefused(string property, string json, string field)
    {
        var good = JsonNode.Parse(Good)!.AsObject();
        good.Remove(property);

        var refused = Assert.IsType<AuditEventReading.Refused>(AuditEventReader.Read(Encoding.UTF8.GetBytes($"{good.ToJsonString()[..^1]},\"{property}\":{json}}}")));

        Assert.Equal(field, Assert.Single(refused.Problems).Field);
    }

    [Theory]
    [InlineData("1e-16383", true)]
    [InlineData("1e-16384", false)]
    [InlineData("-0.5e-16382", true)]
    [InlineData("0.5e-16383", false)]
    [InlineData("0e-99999999999999999999", false)]
    [InlineData("0e99999", true)]
    [InlineData("1.7976931348623157e308", true)]
    [InlineData("1e309", false)]
    public void Read_ANumber_IsTakenWhereBothDatabasesKeepIt(string number, bool isTaken)
    {
        var reading = AuditEventReader.Read(Encoding.UTF8.GetBytes($"{Good.Trim()[..^1]},\"details\":{{\"n\":{number}}}}}"));

        Assert.Equal(isTaken, reading is AuditEventReading.Accepted);
    }

    [Fact]
    public void Read_AllFields_AreKept()
    {
        var e = Accepted(With(static o =>
        {
            o["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736";
            o["spanId"] = "00F067AA0BA902B7";
            o["reason"] = "because";
            o["resource"] = new JsonObject { ["type"] = "invoice", ["id"] = "7", ["name"] = "n", ["project"] = "p", ["location"] = "l" };
            o["source"] = new JsonObject { ["service"] = "s", ["revision"] = "r", ["instance"] = "i" };
            o["after"] = new JsonObject { ["state"] = "approved" };
        }));

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero).AddMicroseconds(123456), e.Time);
        Assert.Equal(("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"), (e.TraceId, e.SpanId));
        Assert.Equal(new AuditResource { Type = "invoice", Id = "7", Name = "n", Project = "p", Location = "l" }, e.Resource);
        Assert.Equal(new AuditSource { Service = "s", Revision = "r", Instance = "i" }, e.Source);
        Assert.Equal("approved", e.After!.Value.GetProperty("state").GetString());
        Assert.Equal("because", e.Reason);
    }

    [Theory]
    [InlineData("2026-03-01T09:30:00Z", "2026-03-01T09:30:00.000000Z")]
    [InlineData("2026-03-01T10:30:00.1+01:00", "2026-03-01T09:30:00.100000Z")]
    [InlineData("2026-03-01T09:30:00.123456789Z", "2026-03-01T09:30:00.123456Z")]
    [InlineData("2026-02-28T23:59:59.9999999-00:30", "2026-03-01T00:29:59.999999Z")]
    public void Read_Time_IsUtcAndCutToMicroseconds(string given, string expected) =>
        Assert.Equal(expected, AuditTime.Print(Accepted(With(o => o["time"] = given)).Time));

    [Theory]
    [InlineData("4BF92F3577B34DA6A3CE929D0E0E4736", null)]
    [InlineData("projects/acme-prod/traces/4bf92f3577b34da6a3ce929d0e0e4736", null)]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00f067aa0ba902b7")]
    public void Read_TraceInAnySpelling_IsTheW3cId(string given, string? span)
    {
        var e = Accepted(With(o => o["traceId"] = given));

        Assert.Equal(("4bf92f3577b34da6a3ce929d0e0e4736", span), (e.TraceId, e.SpanId));
    }

    [Theory]
    [InlineData("id", null, "id is missing")]
    [InlineData("id", "\"\"", "id is missing")]
    [InlineData("id", "\"two words\"", "printable ASCII")]
    [InlineData("time", "\"yesterday\"", "RFC 3339")]
    [InlineData("time", "\"2026-03-01T09:30:00\"", "RFC 3339")]
    [InlineData("time", "\"2026-02-30T09:30:00Z\"", "RFC 3339")]
    [InlineData("time", "1772357400", "must be a string")]
    [InlineData("workspace", null, "workspace is missing")]
    [InlineData("workspace", "\"a\\u0007b\"", "U+0007")]
    [InlineData("workspace", "\"\\ud800\"", "not valid Unicode")]
    [InlineData("actor", null, "actor is missing")]
    [InlineData("actor", "\"ada\"", "must be an object")]
    [InlineData("actor", "{\"type\":\"robot\",\"id\":\"x\"}", "user, service, system")]
    [InlineData("actor", "{\"type\":\"user\"}", "actor.id is missing")]
    [InlineData("actor", "{\"type\":\"user\",\"id\":\"x\",\"mail\":\"y\"}", "actor.mail is not a property")]
    [InlineData("action", "\"Approve Invoice\"", "dotted name")]
    [InlineData("outcome", "\"ok\"", "success, failure, denied, unknown")]
    [InlineData("traceId", "\"123\"", "W3C trace id")]
    [InlineData("traceId", "\"00000000000000000000000000000000\"", "W3C trace id")]
    [InlineData("spanId", "\"00f067aa0ba902b7\"", "without traceId")]
    [InlineData("schemaVersion", "2", "must be 1")]
    [InlineData("wrokspace", "\"acme\"", "wrokspace is not a property of an event")]
    [InlineData("before", "{\"a\":1,\"a\":2}", "property twice")]
    [InlineData("details", "\"\\u0000\"", "U+0000")]
    [InlineData("details", "[1e999]", "range of a double")]
    [InlineData("details", "{\"\\udc00\":1}", "not valid Unicode")]
    [InlineData("resource", "{\"id\":\"7\"}", "resource.type is missing")]
    [InlineData("source", "{}", "source.service is missing")]
    public void Read_OneFieldWrong_NamesItAndTheWayOut(string field, string? json, string expected)
    {
        var problem = Assert.Single(Refused(With(o =>
        {
            o.Remove(field);
            if (json is not null)
            {
                o[field] = "@";
            }
        }).Replace($"\"{field}\":\"@\"", $"\"{field}\":{json}", StringComparison.Ordinal)).Problems);

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith(field, problem.Field, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralWrong_NamesAll()
    {
        var refused = Refused("""{"id":"k","time":"x","actor":{},"action":"UP","colour":1}""");

        Assert.Equal(["action", "actor.id", "actor.type", "colour", "outcome", "time", "workspace"], refused.Problems.Select(static p => p.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"id\":")]
    [InlineData("null")]
    public void Read_NoObject_SaysSo(string json) => Assert.Equal("", Assert.Single(Refused(json).Problems).Field);

    [Fact]
    public void Read_TwoObjects_SaysSo() => Assert.NotEmpty(Refused(Good + Good).Problems);

    [Fact]
    public void Read_PropertyTwice_IsRefused() =>
        Assert.Contains("twice", Refused(Good.Trim()[..^1] + ",\"outcome\":\"failure\"}").Sentence, StringComparison.Ordinal);

    [Fact]
    public void Read_DeeplyNested_SaysHowDeepIsLegal() =>
        Assert.Contains("32 levels", Refused(With(static o => o["details"] = "@").Replace("\"@\"", new string('[', 5000) + new string(']', 5000), StringComparison.Ordinal)).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Read_TooLarge_SaysTheLimit() =>
        Assert.Contains("262144", Refused(With(static o => o["details"] = new string('x', AuditEventLimits.EventBytes))).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Read_NoWorkspaceButAGivenOne_TakesIt() =>
        Assert.Equal("acme", Assert.IsType<AuditEventReading.Accepted>(AuditEventReader.Read(Encoding.UTF8.GetBytes(With(static o => o.Remove("workspace"))), "acme")).Event.Workspace);

    [Fact]
    public void Write_SameContentInAnotherOrder_IsTheSameText()
    {
        var one = With(static o => o["after"] = "@").Replace("\"@\"", """{"b":[1,{"y":"é","x":9007199254740993}],"a":null}""", StringComparison.Ordinal);
        var other = With(static o => o["after"] = "@").Replace("\"@\"", """{ "a" : null , "b":[ 1, {"x":9007199254740993,"y":"\u00e9"} ] }""", StringComparison.Ordinal);

        Assert.Equal(AuditEventWriter.Print(Accepted(one)), AuditEventWriter.Print(Accepted(other)));
        Assert.Contains("9007199254740993", AuditEventWriter.Print(Accepted(one)), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadStored_NoEvent_BecomesAnEventThatSaysSo()
    {
        var e = AuditEventReader.ReadStored("{\"x\":1}"u8, "acme", "k-9", DateTimeOffset.UnixEpoch);

        Assert.Equal(("acme", "k-9", AuditActions.Unreadable), (e.Workspace, e.Id, e.Action));
        Assert.Equal("{\"x\":1}", e.Details!.Value.GetString());
        Assert.Null(AuditEventReader.WhyRefused(e));
    }

    [Fact]
    public void ReadStored_BodyOfAnotherRow_BecomesAnEventThatSaysSo() =>
        Assert.Equal(AuditActions.Unreadable, AuditEventReader.ReadStored(Encoding.UTF8.GetBytes(Good), "acme", "k-2", DateTimeOffset.UnixEpoch).Action);

    private static AuditEvent Accepted(string json) => Assert.IsType<AuditEventReading.Accepted>(AuditEventReader.Read(Encoding.UTF8.GetBytes(json))).Event;

    private static AuditEventReading.Refused Refused(string json) => Assert.IsType<AuditEventReading.Refused>(AuditEventReader.Read(Encoding.UTF8.GetBytes(json)));

    private static string With(Action<JsonObject> change)
    {
        var o = JsonNode.Parse(Good)!.AsObject();
        change(o);
        return o.ToJsonString();
    }
}
