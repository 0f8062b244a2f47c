namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>A window of the past to read.</summary>
public sealed record WindowRequest
{
    public required string Project { get; init; }

    /// <summary>Short names; empty means all services.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    public required DateTimeOffset From { get; init; }

    /// <summary>Not included.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>What is wrong with it, for people; null when it can be read.</summary>
    public string? WhyNot(DateTimeOffset now) =>
        From >= To ? "The window must begin before it ends."
        : From >= now ? "The window lies in the future."
        : To - From > TimeSpan.FromDays(31) ? "A window may be 31 days long at most. Logs are kept for 30 days by default."
        : Services.Count > 50 ? "At most 50 services can be chosen; choose none to read all of them."
        : Services.Any(static s => s.Length is 0 or > 63 || !s.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            ? "A service's name has lower-case letters, digits and hyphens only."
        : null;
}
