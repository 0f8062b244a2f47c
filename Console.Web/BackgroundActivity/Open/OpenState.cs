using System.Globalization;
using OpsConsole.Core.BackgroundActivity.Sources;

namespace OpsConsole.Web.BackgroundActivity.Open;

/// <summary>What the address of the page for other logs says: a window that is being prepared.</summary>
public sealed record OpenState
{
    /// <summary>Empty means the first project.</summary>
    public string Project { get; init; } = "";

    /// <summary>Short names of services; empty means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Start of the window in UTC; null means a day ago.</summary>
    public DateTime? From { get; init; }

    /// <summary>End of the window in UTC; null means now.</summary>
    public DateTime? To { get; init; }

    /// <summary>From the parts of an address; what is malformed counts as absent.</summary>
    public static OpenState Parse(string? project, string? services, string? from, string? to) => new()
    {
        Project = project ?? "",
        Services = [.. (services ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)],
        From = ParseMinute(from),
        To = ParseMinute(to),
    };

    /// <summary>A time as a <c>datetime-local</c> box gives it, in UTC; null for what is none.</summary>
    public static DateTime? ParseMinute(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>As a <c>datetime-local</c> box wants it.</summary>
    public static string PrintMinute(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    /// <summary>The window, with what is absent filled in.</summary>
    public WindowRequest ToRequest(IReadOnlyList<string> projects, DateTimeOffset now)
    {
        var minute = new DateTime(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);
        return new WindowRequest
        {
            Project = Project.Length > 0 || projects.Count == 0 ? Project : projects[0],
            Services = Services,
            From = new DateTimeOffset(From ?? minute.AddDays(-1), TimeSpan.Zero),
            To = new DateTimeOffset(To ?? minute, TimeSpan.Zero),
        };
    }

    /// <summary>The address.</summary>
    public string ToUrl() => Urls.With(
        Urls.BackgroundOpen,
        ("project", Project),
        ("services", string.Join(',', Services)),
        ("from", From is { } from ? PrintMinute(from) : null),
        ("to", To is { } to ? PrintMinute(to) : null));
}
