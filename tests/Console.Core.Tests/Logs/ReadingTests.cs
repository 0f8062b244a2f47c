using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.Logs;
using OpsConsole.Core.Logs.Reading;

namespace OpsConsole.Core.Tests.Logs;

public sealed unsafe class ReadingTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void SkipContainer_AnyText_EqualsTheScalarSearch() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll<int>(seed =>
        {
            var random = new System.Random(seed);
            var text = new byte[random.Next(1, 400)];
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = "{{}}[]\"\"\\\\\\abc,: \n"u8[random.Next(100) == 0 ? 17 : random.Next(17)];
            }

            text[0] = (byte)'{';
            var buffer = new byte[text.Length + JsonScan.Padding];
            text.CopyTo(buffer, 0);
            foreach (var column in new[] { -1, 0, 2 })
            {
                fixed (byte* p = buffer)
                {
                    var found = JsonScan.SkipContainer(p, p + text.Length, column);
                    Assert.Equal(ScalarSkip(text, column), found == null ? -1 : (int)(found - p));
                }
            }
        }));

    [Fact]
    public void SkipString_AnyText_EqualsTheScalarSearch() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll<int>(seed =>
        {
            var random = new System.Random(seed);
            var text = new byte[random.Next(1, 200)];
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = random.Next(40) switch { 0 => (byte)'"', 1 => (byte)'\\', 2 when random.Next(9) == 0 => (byte)random.Next(32), _ => (byte)random.Next(32, 256) };
            }

            text[0] = (byte)'"';
            var buffer = new byte[text.Length + JsonScan.Padding];
            text.CopyTo(buffer, 0);
            fixed (byte* p = buffer)
            {
                var found = JsonScan.SkipString(p);
                Assert.Equal(ScalarString(text), found == null ? -1 : (int)(found - p));
            }
        }));

    [Fact]
    public void Unescape_AnyJsonString_EqualsTheFramework() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<string>(text =>
        {
            if (text is null || text.Any(char.IsSurrogate))
            {
                return;
            }

            var escaped = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(text))[1..^1];
            var target = new byte[escaped.Length + 8];
            var length = JsonText.Unescape(escaped, target);
            Assert.Equal(text, Encoding.UTF8.GetString(target, 0, length));
        }));

    [Theory]
    [InlineData(@"\ud83d\ude80", "🚀")]
    [InlineData(@"\ud83d x", "\uFFFD x")]
    [InlineData(@"\u00e4\/\x\", @"ä/\x\")]
    public void Unescape_Surrogates_AndWhatIsNoEscape(string escaped, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(escaped);
        var target = new byte[bytes.Length + 8];
        Assert.Equal(expected, Encoding.UTF8.GetString(target, 0, JsonText.Unescape(bytes, target)));
    }

    [Fact]
    public void TryEight_AnyEightBytes_EqualsParsing() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll<int>(seed =>
        {
            var random = new System.Random(seed);
            var text = new byte[8];
            for (var i = 0; i < 8; i++)
            {
                text[i] = random.Next(40) == 0 ? (byte)random.Next(256) : "0123456789abcdefABCDEF"u8[random.Next(22)];
            }

            fixed (byte* p = text)
            {
                var isHex = text.All(c => char.IsAsciiHexDigit((char)c));
                Assert.Equal(isHex, HexDigits.TryEight(p, out var value));
                if (isHex)
                {
                    Assert.Equal(Convert.ToUInt32(Encoding.ASCII.GetString(text), 16), value);
                }
            }
        }));

    [Theory]
    [InlineData("08eee4fdfb6436f7", 0x08eee4fdfb6436f7UL)]
    [InlineData("3201733640996735964", 3201733640996735964UL)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("18446744073709551616", 0UL)]
    [InlineData("1234567890123456", 0x1234567890123456UL)]
    [InlineData("abc", 0xabcUL)]
    [InlineData("12", 12UL)]
    [InlineData("", 0UL)]
    [InlineData("not a span", 0UL)]
    [InlineData("08eee4fdfb6436f708eee4fdfb6436f7", 0UL)]
    public void SpanId_HexadecimalOrDecimal_IsOneNumber(string text, ulong expected) =>
        Assert.Equal(expected, HexDigits.SpanId(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("2025-12-29T00:58:51.018142Z", 1766969931018142000)]
    [InlineData("2025-12-29T00:58:51Z", 1766969931000000000)]
    [InlineData("2025-12-29T00:58:51.123456789Z", 1766969931123456789)]
    [InlineData("2025-12-29T01:58:51.5+01:00", 1766969931500000000)]
    [InlineData("2024-02-29T23:59:60Z", 1709251200000000000)]
    [InlineData("2025-02-29T00:00:00Z", -1)]
    [InlineData("2025-12-29T24:58:51Z", -1)]
    [InlineData("2025-12-29T00:58:51.1234567890Z", -1)]
    [InlineData("2025-12-29T00:58:51.Z", -1)]
    [InlineData("2025-12-29T00:58:51", -1)]
    [InlineData("9999-12-29T00:58:51Z", -1)]
    [InlineData("1969-12-31T23:59:59Z", -1)]
    [InlineData("2025-12-29T00:58:51ZZ", -1)]
    public void TryTimestamp_Rfc3339_IsNanoseconds(string text, long expected) =>
        Assert.Equal(expected, TimeText.TryTimestamp(Encoding.UTF8.GetBytes(text), out var ns) ? ns : -1);

    [Theory]
    [InlineData("60.369159188s", 60369159188)]
    [InlineData("0s", 0)]
    [InlineData("0.004300s", 4300000)]
    [InlineData("3599.9s", 3599900000000)]
    [InlineData("-1s", -1)]
    [InlineData("1.2e3s", -1)]
    [InlineData("355 ms", 355_000_000)]
    [InlineData("1,799.798 s", 1_799_798_000_000)]
    [InlineData("355 m", -1)]
    [InlineData("99999999999999999999s", -1)]
    [InlineData("", -1)]
    public void Duration_Protobuf_IsNanoseconds(string text, long expected) =>
        Assert.Equal(expected, TimeText.Duration(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("""INFO:     169.254.169.126:43210 - "GET /orders/7?x=1 HTTP/1.1" 200 OK""", "GET", "/orders/7")]
    [InlineData("""169.254.1.1 - - [12/Mar/2026:06:42:31 +0000] "POST /upload HTTP/2" 201 512 "-" "curl/8.5.0" """, "POST", "/upload")]
    [InlineData("""127.0.0.1 - - [12/Mar/2026 06:42:31] "[37mGET /x HTTP/1.1[0m" 200 -""", "GET", "/x")]
    [InlineData("GET /path 200 1.234 ms - 12", "GET", "/path")]
    [InlineData("\u001b[0mDELETE /a/b \u001b[32m204\u001b[0m 3.1 ms - -\u001b[0m", "DELETE", "/a/b")]
    [InlineData(" GET /api/items 404 in 12ms", "GET", "/api/items")]
    [InlineData("""[GIN] 2026/03/12 - 06:42:31 | 200 |   1.2ms |  10.0.0.1 | GET      "/gin?y" """, "GET", "/gin")]
    [InlineData("""127.0.0.1 "GET http://svc.run.app/abs?q HTTP/1.1" 200""", "GET", "/abs")]
    [InlineData("""https://api.example:443 "POST /charges HTTP/1.1" 200 12""", null, null)]
    [InlineData("""DEBUG:urllib3.connectionpool:http://10.0.0.1:8080 "GET /x HTTP/1.1" 404 None""", null, null)]
    [InlineData("""http-outgoing-0 >> "POST /charges HTTP/1.1[\r][\n]" """, null, null)]
    [InlineData("""send: b'GET /x HTTP/1.1\r\nHost: api.example'""", null, null)]
    [InlineData("""HTTP Request: POST https://api.example/v1 "HTTP/1.1 200 OK" """, null, null)]
    [InlineData("GET /path is what we call", null, null)]
    [InlineData("calling https://x/y with HTTP/1.1", null, null)]
    [InlineData("protocol HTTP/1.1", null, null)]
    [InlineData("hello", null, null)]
    [InlineData("", null, null)]
    public void RouteOf_AccessLinesOfServers_GiveTheRequestsRoute(string text, string? method, string? path)
    {
        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(text, Relaxed))[1..^1];
        var expected = method is null ? 0 : RouteHash.Of(Encoding.UTF8.GetBytes(method), Encoding.UTF8.GetBytes(path!));
        Assert.Equal(expected, AccessLines.RouteOf(json));
    }

    [Theory]
    [InlineData("projects/p/logs/run.googleapis.com%2Frequests", LogId.Requests)]
    [InlineData("projects/p/logs/run.googleapis.com%2Fstdout", LogId.Stdout)]
    [InlineData("projects/p/logs/run.googleapis.com/stderr", LogId.Stderr)]
    [InlineData("projects/p/logs/run.googleapis.com%2Fvarlog%2Fsystem", LogId.System)]
    [InlineData("projects/p/logs/run.googleapis.com%2F%2Fvar%2Flog%2Fsystem", LogId.System)]
    [InlineData("projects/p/logs/run.googleapis.com%2f%2fvar%2flog%2fsystem", LogId.System)]
    [InlineData("projects/p/logs/run.googleapis.com%2Fvar%2Flog%2Fapp.log", LogId.OtherRun)]
    [InlineData("projects/p/logs/run.googleapis.com%2Fstdoutx", LogId.OtherRun)]
    [InlineData("projects/p/logs/cloudaudit.googleapis.com%2Factivity", LogId.Audit)]
    [InlineData("projects/p/logs/my-app", LogId.Other)]
    [InlineData("run.googleapis.com", LogId.Other)]
    [InlineData("", LogId.Other)]
    public void LogNames_BothSpellings_AreOneLog(string name, object expected) =>
        Assert.Equal((LogId)expected, LogNames.Parse(Encoding.UTF8.GetBytes(name)));

    [Theory]
    [InlineData("Starting new instance. Reason: AUTOSCALING - Instance started due to …", PlatformMessage.Starting)]
    [InlineData("Default STARTUP TCP probe succeeded after 1 attempt for container \"worker\" on port 8080.", PlatformMessage.StartupProbeSucceeded)]
    [InlineData("STARTUP HTTP probe failed 1 time consecutively for container \"worker\" on port 8080.", PlatformMessage.StartupProbeFailed)]
    [InlineData("LIVENESS HTTP probe failed 1 time consecutively for container NAME on port 8080.", PlatformMessage.LivenessProbeFailed)]
    [InlineData("Memory limit of 512 MiB exceeded with 517 MiB used.", PlatformMessage.MemoryLimitExceeded)]
    [InlineData("Container terminated on signal 9.", PlatformMessage.TerminatedOnSignal)]
    [InlineData("Container called exit(3).", PlatformMessage.CalledExit)]
    [InlineData("Uncaught signal: 6, pid=1, tid=1, fault_addr=0", PlatformMessage.UncaughtSignal)]
    [InlineData("Shutting down user disabled instance", PlatformMessage.ShuttingDown)]
    [InlineData("Something new", PlatformMessage.Other)]
    public void PlatformMessages_FirstWords_Decide(string text, PlatformMessage expected) =>
        Assert.Equal(expected, PlatformMessages.Parse(Encoding.UTF8.GetBytes(text)));

    private static int ScalarSkip(byte[] text, int column)
    {
        var depth = 0;
        var inString = false;
        var escapes = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n' && (inString || BeginsEntry(text, i + 1, column)))
            {
                return -1;
            }

            var escaped = escapes;
            escapes = c == '\\' && !escaped;
            inString ^= c == '"' && !escaped;
            if (!inString)
            {
                depth += c is (byte)'{' or (byte)'[' ? 1 : c is (byte)'}' or (byte)']' ? -1 : 0;
                if (depth == 0)
                {
                    return i + 1;
                }
            }
        }

        return -1;
    }

    private static bool BeginsEntry(byte[] text, int at, int column)
    {
        if (column < 0 || at + column >= text.Length)
        {
            return false;
        }

        return text.AsSpan(at, column).IndexOfAnyExcept((byte)' ') < 0 && text[at + column] == '{';
    }

    private static int ScalarString(byte[] text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] < ' ')
            {
                return -1;
            }

            if (text[i] == '"')
            {
                return i + 1;
            }

            if (text[i] == '\\' && (++i == text.Length || text[i] < ' '))
            {
                return -1;
            }
        }

        return -1;
    }
}
