using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <content>From what was read to a row.</content>
internal sealed unsafe partial class EntryParser
{
    [MethodImpl(Hot.Code)]
    private EntryKind Resolve()
    {
        if (!_seen)
        {
            Reason = "a JSON object that is no log entry";
            return EntryKind.Broken;
        }

        var log = _logName.IsPresent ? LogNames.Parse(_logName.Span) : LogId.None;
        if (_resource == ResourceOther || log == LogId.Audit)
        {
            return EntryKind.Other;
        }

        if (_resource < 0)
        {
            // Without a resource only a log of Cloud Run itself can be told to be a service's.
            if (log is LogId.Audit or LogId.Other or LogId.None)
            {
                return EntryKind.Other;
            }

            _resource = RevisionOf(default);
        }

        if (_timestampNs < 0)
        {
            Reason = "an entry without a usable timestamp";
            return EntryKind.Broken;
        }

        if (log == LogId.Requests || (log == LogId.None && _hasHttpRequest && _http.LatencyNs >= 0))
        {
            MakeRequest();
            return EntryKind.Request;
        }

        MakeLine(log);
        return EntryKind.Line;
    }

    [MethodImpl(Hot.Code)]
    private void MakeRequest()
    {
        Request.TimestampNs = _timestampNs;
        Request.ReceiveNs = Math.Max(0, TimeOf(_receive));
        (Request.TraceHigh, Request.TraceLow) = TraceOf(_trace);
        Request.SpanId = HexDigits.SpanId(_spanId.Span);
        Request.InsertId = IdOf(_insertId);
        Request.Instance = _instance;
        Request.Revision = _resource;
        Request.Flags = _textPayload.IsPresent ? RequestFlags.HasText : RequestFlags.None;
        Request.LatencyNs = -1;
        Request.Status = 0;
        Request.RouteHash = 0;
        if (_hasHttpRequest)
        {
            Request.LatencyNs = _http.LatencyNs;
            Request.Status = _http.Status;
            Request.RouteHash = RouteOf(_http);
            if (_http.Status == 101)
            {
                Request.Flags |= RequestFlags.WebSocket;
            }
        }
    }

    [MethodImpl(Hot.Code)]
    private void MakeLine(LogId log)
    {
        Line.TimestampNs = _timestampNs;
        Line.TraceSpan = _trace.Length == 0 && _spanId.Length == 0 ? 0 : TraceSpanNumber();
        Line.InsertId = IdOf(_insertId);
        Line.Instance = _instance;
        Line.Revision = _resource;
        Line.Severity = _severity;
        Line.AccessRouteHash = 0;
        Line.Platform = PlatformMessage.None;
        switch (log)
        {
            case LogId.System:
                Line.Kind = LineKind.Platform;
                Line.Platform = PlatformMessages.Parse(_textPayload.Span);
                return;
            case LogId.Stdout:
                Line.Kind = LineKind.Stdout;
                break;
            case LogId.Stderr:
                Line.Kind = LineKind.Stderr;
                break;
            default:
                Line.Kind = LineKind.OtherContainer;
                break;
        }

        // A structured line's httpRequest is lifted to the entry: the application's own access line where it has a status. Without one it is context:
        // google-cloud-logging puts method and URL of the request on whatever is logged for it, work after the response too.
        Line.AccessRouteHash = _hasHttpRequest && _http.Status > 0 ? RouteOf(_http)
            : _textPayload.IsPresent ? AccessLines.RouteOf(_textPayload.Span)
            : _jsonPayload.IsPresent ? AccessLines.RouteOf(_jsonPayload.Span)
            : 0;
    }

    [MethodImpl(Hot.Code)]
    private int TraceSpanNumber()
    {
        var (high, low) = TraceOf(_trace);
        var value = new TraceSpan(high, low, _spanId.Length == 0 ? 0 : HexDigits.SpanId(_spanId.Span));
        return value == default ? 0 : TraceSpans.NumberOf(value);
    }

    [MethodImpl(Hot.Code)]
    private static uint RouteOf(in HttpFields http)
    {
        var path = Urls.PathOf(http.Url.Span);
        return http.Method.Length == 0 || path.Length == 0 ? 0 : RouteHash.Of(http.Method.Span, path);
    }

    // projects/P/traces/4bf92f3577b34da6a3ce929d0e0e4736 or the 32 digits alone.
    [MethodImpl(Hot.Code)]
    private static (ulong High, ulong Low) TraceOf(in JsonText trace)
    {
        if (trace.Length < 32 || (trace.Length > 32 && trace.Start[trace.Length - 33] != '/'))
        {
            return default;
        }

        var digits = trace.Start + trace.Length - 32;
        return HexDigits.TrySixteen(digits, out var high) && HexDigits.TrySixteen(digits + 16, out var low) ? (high, low) : default;
    }

    [MethodImpl(Hot.Code)]
    private InsertId IdOf(in JsonText id)
    {
        const ulong ones = 0x0101_0101_0101_0101;
        if (id.Length == 24)
        {
            var p = (ulong*)id.Start;

            // Letters in upper case (bit 0x40 without 0x20) would come back in lower case: those lie in the side store.
            var upper = ((p[0] >> 6) & ~(p[0] >> 5)) | ((p[1] >> 6) & ~(p[1] >> 5)) | ((p[2] >> 6) & ~(p[2] >> 5));
            if ((upper & ones) == 0 && HexDigits.TrySixteen(id.Start, out var hex) && HexDigits.TryEight(id.Start + 16, out var tail)
                && (long)hex >= 0)
            {
                return new InsertId(hex, tail);
            }
        }

        return new InsertId((1UL << 63) | (uint)SideIds.Add(id.Span), 0);
    }
}
