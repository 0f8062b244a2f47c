namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Logs</c>: reading logs.</summary>
public sealed class LogSettings
{
    /// <summary>Seconds between two polls of a project's logs. All pages share one poller.</summary>
    public int PollSeconds { get; set; } = 10;

    /// <summary>Largest upload in bytes.</summary>
    public long UploadLimitBytes { get; set; } = 2L * 1024 * 1024 * 1024;
}
