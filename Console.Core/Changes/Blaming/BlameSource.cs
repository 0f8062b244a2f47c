namespace OpsConsole.Core.Changes.Blaming;

/// <summary>Who says since when a setting is so, and by whom.</summary>
public enum BlameSource
{
    /// <summary>Cloud Run itself: the revision names who made it.</summary>
    CloudRun,

    /// <summary>Google's audit log.</summary>
    GoogleLog,

    /// <summary>This console's audit trail, with the reason.</summary>
    Trail,
}
