namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Logs</c>: reading logs.</summary>
public sealed class LogSettings
{
    /// <summary>Seconds between two polls of a project's logs. All pages share one poller.</summary>
    public int PollSeconds { get; set; } = 10;

    /// <summary>Hours that the live view reaches back.</summary>
    public int LiveHours { get; set; } = 24;

    /// <summary>Megabytes of log entries that a project's live view may keep in memory; the oldest go first.</summary>
    public int LiveMegabytes { get; set; } = 400;

    /// <summary>Largest upload in bytes.</summary>
    public long UploadLimitBytes { get; set; } = 2L * 1024 * 1024 * 1024;
}
