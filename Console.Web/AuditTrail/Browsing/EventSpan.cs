using System.Globalization;

namespace OpsConsole.Web.AuditTrail.Browsing;

/// <summary>From when to when events are looked for: a stretch that ends now, or two times of which either may be open.</summary>
/// <param name="Last">Key of <see cref="Stretches"/>; empty for the two times.</param>
/// <param name="From">Earliest event time.</param>
/// <param name="To">Before this event time.</param>
public sealed record EventSpan(string Last, DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>All events.</summary>
    public static EventSpan All { get; } = new("", null, null);

    /// <summary>The stretches that end now, as addresses write them.</summary>
    public static IReadOnlyList<(string Key, string Title, TimeSpan Length)> Stretches { get; } =
    [
        ("1h", "last hour", TimeSpan.FromHours(1)),
        ("24h", "last 24 hours", TimeSpan.FromHours(24)),
        ("7d", "last 7 days", TimeSpan.FromDays(7)),
        ("30d", "last 30 days", TimeSpan.FromDays(30)),
        ("365d", "last 365 days", TimeSpan.FromDays(365)),
    ];

    /// <summary>From an address; what is malformed counts as absent.</summary>
    public static EventSpan Parse(string? last, string? from, string? to) =>
        Stretches.Any(s => s.Key == last) ? new EventSpan(last!, null, null) : new EventSpan("", ParseTime(from), ParseTime(to));

    /// <summary>A time of an address (UTC where no offset is given); null for what is none.</summary>
    public static DateTimeOffset? ParseTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;

    /// <summary>A time as addresses write it.</summary>
    public static string? Print(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture);

    /// <summary>What an input of date and time shows, in a zone: <c>2026-11-22T09:30:05</c>.</summary>
    public static string Input(DateTimeOffset? time, TimeZoneInfo zone) =>
        time is { } value ? TimeZoneInfo.ConvertTime(value, zone).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) : "";

    /// <summary>What was typed into such an input, read in a zone; null for nothing, and for a time that does not exist there (the clocks go forward).</summary>
    public static DateTimeOffset? ReadInput(string? text, TimeZoneInfo zone) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && !zone.IsInvalidTime(time)
            ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), zone.GetUtcOffset(time)).ToUniversalTime()
            : null;

    /// <summary>The times that it means at a moment.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To) At(DateTimeOffset now) =>
        Stretches.FirstOrDefault(s => s.Key == Last) is { Key: not null } stretch ? (now - stretch.Length, null) : (From, To);
}
