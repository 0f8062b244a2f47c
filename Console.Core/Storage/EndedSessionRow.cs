namespace OpsConsole.Core.Storage;

/// <summary>A session that was ended before its time, or all of a person up to then. Times are milliseconds since 1970 in UTC.</summary>
public sealed class EndedSessionRow
{
    /// <summary>Id of the session, or e-mail address of the person.</summary>
    public required string Key { get; set; }

    public long EndedAt { get; set; }

    /// <summary>When it would have ended by itself: the row may go then.</summary>
    public long Until { get; set; }
}
