using System.Globalization;
using System.Text;

namespace OpsConsole.Benchmarks.Generating;

/// <summary>Writes the entries of one instance as JSON in the shapes of real exports, about 1.2 KB each.</summary>
internal sealed class EntryWriter
{
    public const int Routes = 12;

    private const string Project = "example-prod-4711";
    private static readonly string[] Paths =
    [
        "/", "/orders", "/orders/confirm", "/api/v1/items", "/api/v1/items/search?q=blue%20bicycle&page=2", "/upload",
        "/thumbnails/render", "/healthz", "/login", "/report?month=2026-03", "/notify", "/chat",
    ];

    private static readonly string[] Methods = ["GET", "POST", "POST", "GET", "GET", "PUT", "POST", "GET", "POST", "GET", "POST", "GET"];

    private readonly Profile _profile;
    private readonly byte[] _labels;
    private readonly byte[] _resource;
    private readonly string _host;

    public EntryWriter(Profile profile, int serviceNumber, int revision, ref Rng rng)
    {
        _profile = profile;
        var service = string.Create(CultureInfo.InvariantCulture, $"{profile.Name}-{serviceNumber}");
        var revisionName = string.Create(CultureInfo.InvariantCulture, $"{service}-{revision:d5}-abc");
        var instance = new StringBuilder("00");
        while (instance.Length < 160)
        {
            instance.Append(rng.Next().ToString("x16", CultureInfo.InvariantCulture));
        }

        instance.Length = 160;
        var commit = (rng.Next() % 7919).ToString("x40", CultureInfo.InvariantCulture);
        _host = $"https://{service}-123456789012.europe-west1.run.app";
        var labels = $$"""{"commit-sha":"{{commit}}","gcb-build-id":"0f5a3e52-9f1c-4c55-8d0a-{{revision:x12}}","gcb-trigger-id":"71c09a3b-77f2-4dc3-b5b9-0e6f3d1f2a11","goog-managed-by":"cloudrun","instanceId":"{{instance}}","managed-by":"gcp-cloud-build-deploy-cloud-run"}""";
        var resource = profile.Alphabetical
            ? $$"""{"labels":{"configuration_name":"{{service}}","location":"europe-west1","project_id":"{{Project}}","revision_name":"{{revisionName}}","service_name":"{{service}}"},"type":"cloud_run_revision"}"""
            : $$$"""{"type":"cloud_run_revision","labels":{"project_id":"{{{Project}}}","service_name":"{{{service}}}","revision_name":"{{{revisionName}}}","location":"europe-west1","configuration_name":"{{{service}}}"}}""";
        _labels = Encoding.UTF8.GetBytes(labels);
        _resource = Encoding.UTF8.GetBytes(resource);
    }

    public void Write(ByteWriter to, in Ev e, ref Rng rng)
    {
        switch (e.Shape)
        {
            case LineShape.Request:
                Request(to, e.Owner!, ref rng);
                break;
            case LineShape.Audit:
                Audit(to, e);
                break;
            case LineShape.Job:
                Job(to, e);
                break;
            default:
                Line(to, e, ref rng);
                break;
        }

        to.Add("\n"u8);
    }

    private void Request(ByteWriter to, Req request, ref Rng rng)
    {
        to.Add("{"u8);
        if (!_profile.Alphabetical)
        {
            to.Add("\"insertId\":\""u8).InsertId(request.WriteNs, request.WriteTail).Add("\","u8);
        }

        to.Add("\"httpRequest\":{\"latency\":\""u8).Duration(request.Aborted ? 0 : request.LatencyNs);
        to.Add("\",\"protocol\":\"HTTP/1.1\",\"remoteIp\":\"203.0.113."u8).Number(rng.Below(255)).Add("\",\"requestMethod\":\""u8).Add(Methods[request.Route]);
        to.Add("\",\"requestSize\":\""u8).Number(400 + rng.Below(900)).Add("\",\"requestUrl\":\""u8).Add(_host).Add(Paths[request.Route]);
        to.Add("\",\"responseSize\":\""u8).Number(200 + rng.Below(9000)).Add("\",\"serverIp\":\"198.51.100.7\",\"status\":"u8).Number(request.Status);
        to.Add(",\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36\"}"u8);
        if (_profile.Alphabetical)
        {
            to.Add(",\"insertId\":\""u8).InsertId(request.WriteNs, request.WriteTail).Add("\""u8);
        }

        if (!request.Aborted)
        {
            to.Add(",\"labels\":"u8).Add(_labels);
        }

        to.Add(",\"logName\":\"projects/example-prod-4711/logs/run.googleapis.com%2Frequests\",\"receiveTimestamp\":\""u8);
        to.Time(request.WriteNs + 2_000_000 + (long)(rng.Exp(0.1) * 1e9), 9).Add("\",\"resource\":"u8).Add(_resource);
        if (!request.WebSocket)
        {
            to.Add(request.Status >= 500 ? ",\"severity\":\"ERROR\""u8 : request.Status >= 400 ? ",\"severity\":\"WARNING\""u8 : ",\"severity\":\"INFO\""u8);
        }

        to.Add(",\"spanId\":\""u8).Hex(request.Span, 16).Add("\""u8);
        if (request.Aborted)
        {
            to.Add(",\"textPayload\":\"The request was aborted because there was no available instance. Additional troubleshooting documentation can be found at: https://cloud.google.com/run/docs/troubleshooting#abort-request\""u8);
        }

        to.Add(",\"timestamp\":\""u8).Time(request.Start, 6).Add("\",\"trace\":\"projects/example-prod-4711/traces/"u8);
        to.Hex(request.TraceHigh, 16).Hex(request.TraceLow, 16).Add("\",\"traceSampled\":true}"u8);
    }

    private void Line(ByteWriter to, in Ev e, ref Rng rng)
    {
        to.Add("{\"insertId\":\""u8).InsertId(e.TimestampNs, e.Tail).Add("\","u8);
        if (e.Shape == LineShape.Json)
        {
            to.Add("\"jsonPayload\":{\"context\":{\"attempt\":"u8).Number(1 + rng.Below(3)).Add(",\"items\":[{\"sku\":\"A-"u8).Number(rng.Below(99999));
            to.Add("\",\"n\":2},{\"sku\":\"B-"u8).Number(rng.Below(99999)).Add("\",\"n\":1}],\"tenant\":\"tenant-"u8).Number(rng.Below(50));
            to.Add("\"},\"level\":\"info\",\"logger\":\"app.orders.service\",\"message\":\""u8);
            Text(to, e, ref rng);
            to.Add("\",\"pid\":1,\"worker\":\"worker-"u8).Number(rng.Below(8)).Add("\"},"u8);
        }

        to.Add("\"labels\":"u8).Add(_labels).Add(",\"logName\":\"projects/example-prod-4711/logs/run.googleapis.com%2F"u8);
        to.Add(e.Shape == LineShape.System ? (e.Tail % 8 == 0 ? "%2Fvar%2Flog%2Fsystem"u8 : "varlog%2Fsystem"u8)
            : e.Shape == LineShape.Access || e.Tail % 5 != 0 ? "stdout"u8 : "stderr"u8);
        to.Add("\",\"receiveTimestamp\":\""u8).Time(e.TimestampNs + 3_000_000 + (long)(rng.Exp(0.2) * 1e9), 9).Add("\",\"resource\":"u8).Add(_resource);
        if (e.Shape == LineShape.System || e.Tail % 4 == 0)
        {
            to.Add(",\"severity\":\"INFO\""u8);
        }

        if (e.Owner is { } owner && e.Shape != LineShape.Access)
        {
            if (owner.Spanned)
            {
                to.Add(",\"spanId\":\""u8).Decimal(owner.Span).Add("\""u8);
            }

            if (owner.Traced)
            {
                to.Add(e.Tail % 3 == 0 ? ",\"trace\":\""u8 : ",\"trace\":\"projects/example-prod-4711/traces/"u8);
                to.Hex(owner.TraceHigh, 16).Hex(owner.TraceLow, 16).Add("\""u8);
            }
        }

        if (e.Shape != LineShape.Json)
        {
            to.Add(",\"textPayload\":\""u8);
            Text(to, e, ref rng);
            to.Add("\""u8);
        }

        to.Add(",\"timestamp\":\""u8).Time(e.TimestampNs, e.TimestampNs % 1_000_000 == 0 ? 3 : 6).Add("\"}"u8);
    }

    private static void Text(ByteWriter to, in Ev e, ref Rng rng)
    {
        switch (e.Shape)
        {
            case LineShape.System:
                to.Add(e.Text switch
                {
                    0 => "Starting new instance. Reason: AUTOSCALING - Instance started due to configured scaling factors (e.g. CPU utilization, request throughput, etc.) or no existing capacity for current traffic."u8,
                    1 => "Default STARTUP TCP probe succeeded after 1 attempt for container \\\"app\\\" on port 8080."u8,
                    _ => "Shutting down user disabled instance"u8,
                });
                return;
            case LineShape.Access:
                Access(to, e, ref rng);
                return;
        }

        // 2 to 3 % of lines are of a rarer kind: escapes, other scripts, tracebacks, very long ones.
        var rare = rng.Below(300);
        if (rare < 3)
        {
            to.Add("Traceback (most recent call last):\\n  File \\\"/app/main.py\\\", line 42, in handle\\n    raise ValueError(\\\"bad \\\\\\\\ path\\\")\\nValueError: bad \\\\ path "u8);
        }
        else if (rare < 6)
        {
            to.Add("Überweisung für Kundin Zoë \\u00e4\\ud83d\\ude80 „fertig“ 注文 \\u001b[32mok\\u001b[0m "u8);
        }
        else if (rare == 6)
        {
            for (var i = 0; i < 40; i++)
            {
                to.Add("0123456789abcdefghijklmnopqrstuvwxyz {not:a,[bracket}] "u8);
            }
        }

        to.Add(Sentences.Of(e.Text)).Add(" id="u8).Hex(rng.Next(), 12).Add(" tenant="u8).Number(rng.Below(500));
        to.Add(" rows="u8).Number(rng.Below(100000)).Add(" took="u8).Number(rng.Below(900)).Add("ms cache=warm pool=primary region=europe-west1 note=\\\"see the runbook, section "u8);
        to.Number(rng.Below(40)).Add("\\\" host=worker-"u8).Number(rng.Below(64)).Add(" build=2026.03.12 flags=checkout_v2,search_beta,new_tax_rules state=consistent"u8);
    }

    private static void Access(ByteWriter to, in Ev e, ref Rng rng)
    {
        var route = e.Owner!.Route;
        var method = Methods[route];
        var path = Paths[route];
        switch (e.Text)
        {
            case 1:
                to.Add("INFO:     169.254.169.126:"u8).Number(30000 + rng.Below(20000)).Add(" - \\\""u8).Add(method).Add(" "u8).Add(path);
                to.Add(" HTTP/1.1\\\" "u8).Number(e.Owner.Status).Add(" OK"u8);
                break;
            case 2:
                to.Add("169.254.169.126 - - [12/Mar/2026:06:42:31 +0000] \\\""u8).Add(method).Add(" "u8).Add(path);
                to.Add(" HTTP/1.1\\\" "u8).Number(e.Owner.Status).Add(" 512 \\\"-\\\" \\\"curl/8.5.0\\\""u8);
                break;
            default:
                to.Add(method).Add(" "u8).Add(path).Add(" "u8).Number(e.Owner.Status).Add(" "u8).Number(rng.Below(900)).Add(".412 ms - 512"u8);
                break;
        }
    }

    private static void Audit(ByteWriter to, in Ev e) =>
        to.Add("{\"insertId\":\"-6d3rvzdv4fy"u8).Number(e.Tail).Add("\",\"logName\":\"projects/example-prod-4711/logs/cloudaudit.googleapis.com%2Fsystem_event\",\"protoPayload\":{\"@type\":\"type.googleapis.com/google.cloud.audit.AuditLog\",\"methodName\":\"/InternalServices.ReplaceInternalService\",\"resourceName\":\"namespaces/example-prod-4711/revisions/api-1-00001-abc\",\"response\":{\"metadata\":{\"annotations\":{\"run.googleapis.com/cpu-throttling\":\"false\"}}},\"serviceName\":\"run.googleapis.com\",\"status\":{\"message\":\"Ready condition status changed to True.\"}},\"receiveTimestamp\":\""u8)
            .Time(e.TimestampNs + 5_000_000, 9)
            .Add("\",\"resource\":{\"labels\":{\"configuration_name\":\"\",\"location\":\"europe-west1\",\"project_id\":\"example-prod-4711\",\"revision_name\":\"\",\"service_name\":\"api-1\"},\"type\":\"cloud_run_revision\"},\"severity\":\"INFO\",\"timestamp\":\""u8)
            .Time(e.TimestampNs, 6).Add("\"}"u8);

    private static void Job(ByteWriter to, in Ev e) =>
        to.Add("{\"insertId\":\""u8).InsertId(e.TimestampNs, e.Tail)
            .Add("\",\"labels\":{\"instanceId\":\"00job\",\"run.googleapis.com/execution_name\":\"nightly-x7x2p\",\"run.googleapis.com/task_index\":\"0\"},\"logName\":\"projects/example-prod-4711/logs/run.googleapis.com%2Fstdout\",\"resource\":{\"labels\":{\"job_name\":\"nightly\",\"location\":\"europe-west1\",\"project_id\":\"example-prod-4711\"},\"type\":\"cloud_run_job\"},\"textPayload\":\"job step done\",\"timestamp\":\""u8)
            .Time(e.TimestampNs, 6).Add("\"}"u8);
}
