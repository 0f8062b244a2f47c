namespace OpsConsole.Web.Controls;

/// <summary>What "now" and "local" mean to the person at this screen. Cascaded by the layout; a new value each half minute.</summary>
/// <param name="Now">The moment relative times count from.</param>
/// <param name="Zone">UTC, or the zone of the browser.</param>
public sealed record Clock(DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>True when times are written in UTC.</summary>
    public bool IsUtc => Zone.Equals(TimeZoneInfo.Utc);
}
