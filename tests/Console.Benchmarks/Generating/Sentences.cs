using System.Text;

namespace OpsConsole.Benchmarks.Generating;

/// <summary>What applications say, by number: 0–39 while handling, 40 closing, 45 cron, 50–99 background work, 100– start, 110– stop.</summary>
internal static class Sentences
{
    private static readonly string[] Handling =
    [
        "loading customer record", "query finished on replica", "cart validated against stock", "price rules applied", "session refreshed",
        "cache miss for catalogue page", "render template checkout.html", "calling payment provider", "payment provider answered",
        "feature flags resolved", "writing order to store", "order stored", "search index asked", "search index answered",
        "thumbnail scaled to 320 pixels", "upload part received", "mail queued for delivery", "report rows collected", "token verified",
        "rate limit bucket checked", "message broadcast to room", "user joined room", "response serialised", "request accepted",
    ];

    private static readonly string[] Works =
    [
        "audit commit prepared for ledger", "audit commit written to ledger", "sending confirmation mail to customer", "confirmation mail sent to customer",
        "thumbnail variant uploaded to bucket", "webhook delivered to partner", "analytics batch flushed to warehouse", "search document reindexed",
        "temporary files removed from scratch",
    ];

    private static readonly byte[][] All = Enumerable.Range(0, 128).Select(number => Encoding.UTF8.GetBytes(Words(number))).ToArray();

    public static ReadOnlySpan<byte> Of(byte number) => All[number];

    private static string Words(int number) =>
        number switch
        {
            < 40 => Handling[number % Handling.Length],
            < 45 => "connection closed by peer, socket released",
            < 50 => "scheduled refresh of exchange rates",
            < 100 => $"{Works[number % 10 % Works.Length]} queue {(char)('a' + (number / 10) - 5)}",
            100 => "booting application server",
            101 => "configuration loaded from environment",
            102 => "connection pool opened",
            103 => "migrations checked, nothing to do",
            < 110 => "listening on 0.0.0.0:8080",
            110 => "received SIGTERM, draining connections",
            111 => "connection pool closed",
            _ => "bye",
        };
}
