namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>Where logs come from.</summary>
public enum SourceKind
{
    /// <summary>A project's logs as they are written: a sliding window.</summary>
    Live,

    /// <summary>A window of the past, read through the API.</summary>
    Window,

    /// <summary>A file that somebody uploaded.</summary>
    Upload,
}
