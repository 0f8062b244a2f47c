using System.Text.Json;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>Events of every shape that may be recorded, from a seed.</summary>
public static class AnyEvent
{
    private static readonly string[] Texts =
        ["Ada", "q\"uote", "back\\slash", "é ü 日本 😂", "tab-less", "{\"not\":\"json\"}", "a/b?c=d&e", "~", "𐍈", "ﬀ", "tail ", "O'Hara; DROP"];

    private static readonly string[] Jsons =
    [
        "{}", "[]", "{\"a\":1}", "{\"b\":[1,2.50,-0,1e2,9007199254740993],\"a\":{\"é\":null,\"😂\":true}}", "\"text\"", "12", "false",
        "[{\"x\":\"\\u00e9\\n\"},[[]]]", "{\"\\ufb33\":1,\"\\ud83d\\ude02\":2,\"\":3}",
    ];

    /// <summary>One event, every field of which may be there or not.</summary>
    public static AuditEvent Of(Random random) => new()
    {
        Id = random.Next(2) == 0 ? new Guid(Bytes(random, 16)).ToString() : $"key-{random.Next()}",
        Time = AuditTime.Truncate(DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(0, TimeSpan.TicksPerDay * 40_000))),
        Workspace = random.Next(2) == 0 ? "acme-prod" : Text(random),
        TraceId = random.Next(2) == 0 ? Hex(random, 16) : null,
        SpanId = null,
        Actor = new AuditActor
        {
            Type = (AuditActorType)random.Next(3),
            Id = Text(random),
            DisplayName = Maybe(random),
            OnBehalfOf = Maybe(random),
            Session = Maybe(random),
            Ip = random.Next(2) == 0 ? "2001:db8::1" : null,
            UserAgent = Maybe(random),
        },
        Action = random.Next(2) == 0 ? "invoice.approve" : "a-b_c.d2",
        Outcome = (AuditOutcome)random.Next(4),
        Reason = random.Next(2) == 0 ? "two\nlines\tand a tab " + Text(random) : null,
        Resource = random.Next(2) == 0
            ? new AuditResource { Type = "invoice", Id = Maybe(random), Name = Maybe(random), Project = Maybe(random), Location = Maybe(random) }
            : null,
        Source = random.Next(2) == 0 ? new AuditSource { Service = "billing", Revision = Maybe(random), Instance = Maybe(random) } : null,
        Before = Json(random),
        After = Json(random),
        Details = Json(random),
    };

    private static string Text(Random random) => Texts[random.Next(Texts.Length)];

    private static string? Maybe(Random random) => random.Next(2) == 0 ? Text(random) : null;

    private static JsonElement? Json(Random random) => random.Next(2) == 0 ? JsonElement.Parse(Jsons[random.Next(Jsons.Length)]) : null;

    private static string Hex(Random random, int bytes) => Convert.ToHexStringLower(Bytes(random, bytes));

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        bytes[0] |= 1;
        return bytes;
    }
}
