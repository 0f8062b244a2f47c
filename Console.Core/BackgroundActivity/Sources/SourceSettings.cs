namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>How logs are read.</summary>
public sealed record SourceSettings
{
    /// <summary>Folder of uploaded exports.</summary>
    public required string UploadFolder { get; init; }

    /// <summary>Folder of windows of the past.</summary>
    public required string WindowFolder { get; init; }

    /// <summary>Time between two polls of a project.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Length of the live window.</summary>
    public TimeSpan LiveWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Bytes of log entries that a project's live window may keep in memory. When they are reached the oldest entries go.</summary>
    public long LiveBytes { get; init; } = 384L * 1024 * 1024;

    /// <summary>How long polling goes on after the last reader has left.</summary>
    public TimeSpan LingerAfterLastReader { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Largest upload in bytes.</summary>
    public long UploadLimitBytes { get; init; } = 2L * 1024 * 1024 * 1024;
}
