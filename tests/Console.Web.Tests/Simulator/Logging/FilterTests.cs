using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Logging.Filter;

namespace OpsConsole.Web.Tests.Simulator.Logging;

public sealed class FilterTests
{
    // A request entry and a structured line, in the shapes that Cloud Run writes.
    private static readonly LogRecord Request = Read("""
        {"insertId":"6951d2870005ef93ee656b6e",
         "httpRequest":{"requestMethod":"POST","requestUrl":"https://checkout-1.europe-west1.run.app/orders","requestSize":"754","status":502,
           "responseSize":"314","userAgent":"Google-Cloud-Scheduler","remoteIp":"203.0.113.7","latency":"60.369159188s","protocol":"HTTP/1.1"},
         "resource":{"type":"cloud_run_revision","labels":{"service_name":"checkout","revision_name":"checkout-00007-abc","location":"europe-west1"}},
         "timestamp":"2026-11-22T08:58:51.018142Z","severity":"ERROR","labels":{"instanceId":"0007e26d68"},
         "logName":"projects/acme-prod/logs/run.googleapis.com%2Frequests",
         "trace":"projects/acme-prod/traces/7e51cf68801c905c1c01475feb7b060f","spanId":"08eee4fdfb6436f7","traceSampled":true,
         "receiveTimestamp":"2026-11-22T08:59:51.392307785Z"}
        """);

    private static readonly LogRecord Line = Read("""
        {"insertId":"a","jsonPayload":{"message":"audit commit","user":{"id":7,"tags":["vip","eu"]},"ok":true,"gone":null},
         "resource":{"type":"cloud_run_job","labels":{"job_name":"nightly-export"}},"timestamp":"2026-11-22T08:00:00Z",
         "labels":{"run.googleapis.com/execution_name":"nightly-export-x7","instanceId":"i1"},
         "logName":"projects/acme-prod/logs/run.googleapis.com%2Fstdout","receiveTimestamp":"2026-11-22T08:00:01Z",
         "protoPayload":{"methodName":"google.cloud.run.v1.Services.ReplaceService"}}
        """);

    [Theory]
    [InlineData("")]
    [InlineData("resource.type=cloud_run_revision")]
    [InlineData("resource.type = \"CLOUD_RUN_REVISION\"")]
    [InlineData("resource.labels.service_name=(\"cart\" OR \"checkout\")")]
    [InlineData("resource.labels.service_name=\"checkout\" severity>=WARNING")]
    [InlineData("log_id(\"run.googleapis.com/requests\")")]
    [InlineData("logName=\"projects/acme-prod/logs/run.googleapis.com%2Frequests\"")]
    [InlineData("logName:requests AND NOT log_id(\"run.googleapis.com/stdout\")")]
    [InlineData("timestamp>=\"2026-11-22T08:58:51.018142Z\" timestamp<\"2026-11-22T09:58:52+01:00\"")]
    [InlineData("timestamp>\"2026-11-22\"")]
    [InlineData("receiveTimestamp>=\"2026-11-22T08:59:51.392307785Z\"")]
    [InlineData("httpRequest.status>=500 AND httpRequest.status<=599")]
    [InlineData("httpRequest.latency>60s AND httpRequest.latency<\"61s\"")]
    [InlineData("httpRequest.requestUrl:\"/orders\"")]
    [InlineData("httpRequest.requestUrl=~\"^https://checkout-[0-9]+\\.\"")]
    [InlineData("httpRequest.requestMethod!=GET")]
    [InlineData("http_request.status=502")]
    [InlineData("trace=\"projects/acme-prod/traces/7e51cf68801c905c1c01475feb7b060f\"")]
    [InlineData("spanId=08eee4fdfb6436f7 traceSampled=true")]
    [InlineData("insertId=6951d2870005ef93ee656b6e")]
    [InlineData("labels.instanceId=\"0007e26d68\"")]
    [InlineData("labels.\"instanceId\":*")]
    [InlineData("Scheduler -textPayload:x")]
    [InlineData("\"google-cloud-scheduler\"")]
    [InlineData("NOT jsonPayload.message=x")]
    [InlineData("severity=error")]
    [InlineData("severity=(ERROR OR CRITICAL)")]
    [InlineData("-- only failures\nseverity>=ERROR -- and no more")]
    [InlineData("(severity=INFO OR severity=ERROR) AND NOT (httpRequest.status=200)")]
    [InlineData("ip_in_net(httpRequest.remoteIp, \"203.0.113.0/24\")")]
    [InlineData("SEARCH(\"scheduler post\")")]
    [InlineData("sample(insertId, 1)")]
    public void Matches_FilterThatHoldsForTheRequest_True(string filter) => Assert.True(Matches(filter, Request), filter);

    [Theory]
    [InlineData("severity>ERROR")]
    [InlineData("resource.type=cloud_run_job")]
    [InlineData("jsonPayload.message!=x")] // A missing field satisfies no comparison.
    [InlineData("labels.nothing!=x")]
    [InlineData("httpRequest.requestUrl!~\"orders\"")]
    [InlineData("httpRequest.requestUrl=~\"ORDERS\"")]
    [InlineData("timestamp<=\"2026-11-22T08:58:51.018141999Z\"")]
    [InlineData("sample(insertId, 0)")]
    [InlineData("textPayload:*")]
    public void Matches_FilterThatDoesNotHoldForTheRequest_False(string filter) => Assert.False(Matches(filter, Request), filter);

    [Theory]
    [InlineData("jsonPayload.message=\"Audit commit\"")]
    [InlineData("jsonPayload.message:AUDIT")]
    [InlineData("jsonPayload.user.id>=7")]
    [InlineData("jsonPayload.user.id<10")]
    [InlineData("jsonPayload.user.tags=eu")]
    [InlineData("jsonPayload.ok=true")]
    [InlineData("jsonPayload.gone=NULL_VALUE")]
    [InlineData("jsonPayload.user:*")]
    [InlineData("jsonPayload:vip")]
    [InlineData("vip")]
    [InlineData("severity=DEFAULT")]
    [InlineData("severity<INFO")]
    [InlineData("labels.\"run.googleapis.com/execution_name\"=nightly-export-x7")]
    [InlineData("protoPayload.methodName=~\"Services\\.(Create|Replace|Update|Delete)\"")]
    [InlineData("trace=\"\"")]
    public void Matches_FilterThatHoldsForTheLine_True(string filter) => Assert.True(Matches(filter, Line), filter);

    [Theory]
    [InlineData("httpRequest.status<500")]
    [InlineData("jsonPayload.user.id=8")]
    [InlineData("trace:*")]
    public void Matches_FilterThatDoesNotHoldForTheLine_False(string filter) => Assert.False(Matches(filter, Line), filter);

    [Fact]
    public void Parse_OrAndWithoutParentheses_OrBindsTighter()
    {
        // "NOT, then OR, then AND": unlike nearly every other language.
        Assert.Equal(FilterParser.Parse("(\"a\" OR NOT \"b\") AND (NOT \"c\" OR \"d\")"), FilterParser.Parse("\"a\" OR NOT \"b\" AND NOT \"c\" OR \"d\""));
        Assert.Equal(FilterParser.Parse("a AND (b OR c)"), FilterParser.Parse("a b OR c"));
    }

    [Theory]
    [InlineData("severity>=", 1, 11)]
    [InlineData("AND a", 1, 1)]
    [InlineData("a AND", 1, 6)]
    [InlineData("(a", 1, 3)]
    [InlineData("a)", 1, 2)]
    [InlineData("insertId = abc:def", 1, 15)]
    [InlineData("textPayload=\"open", 1, 13)]
    [InlineData("a\n OR\n OR b", 3, 2)]
    [InlineData("resource.foo=1", 1, 1)]
    [InlineData("nonsense=1", 1, 1)]
    [InlineData("httpRequest.colour=1", 1, 1)]
    [InlineData("severity=LOUD", 1, 10)]
    [InlineData("timestamp>yesterday", 1, 11)]
    [InlineData("httpRequest.status>=many", 1, 21)]
    [InlineData("textPayload=~\"(\"", 1, 14)]
    [InlineData("textPayload=~\"(?=x)\"", 1, 14)]
    [InlineData("no_such(\"x\")", 1, 1)]
    [InlineData("log_id()", 1, 1)]
    public void Parse_NotAFilter_SaysLineAndColumn(string filter, int line, int column)
    {
        var error = Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse(filter));

        Assert.Contains($"line {line}, column {column}, token", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooLongOrTooDeep_Refused()
    {
        Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse(new string('a', 20_001)));
        Assert.Throws<FilterSyntaxException>(() => FilterParser.Parse(new string('(', 9_000) + "a" + new string(')', 9_000)));
    }

    [Fact]
    public void Bounds_TimeConditionsJoinedByAnd_Narrow()
    {
        var bounds = new FilterMatcher(FilterParser.Parse("timestamp>=\"2026-11-22T08:00:00Z\" AND timestamp<\"2026-11-22T09:00:00Z\" severity>=INFO")).Bounds;
        var wide = new FilterMatcher(FilterParser.Parse("timestamp>=\"2026-11-22T08:00:00Z\" OR severity>=INFO")).Bounds;

        Assert.Equal(3_600_000_000_000 - 1, bounds.To - bounds.From);
        Assert.Equal(TimeBounds.Always, wide);
    }

    private static bool Matches(string filter, LogRecord record)
    {
        var matcher = new FilterMatcher(FilterParser.Parse(filter));
        return record.Timestamp >= matcher.Bounds.From && record.Timestamp <= matcher.Bounds.To && matcher.Matches(record);
    }

    private static LogRecord Read(string json) => LogRecordReader.Read((JsonObject)JsonNode.Parse(json)!, 0, () => "none");
}
