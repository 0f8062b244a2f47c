namespace OpsConsole.Core.Access;

/// <summary>A session that was ended before its time; or all sessions that a person had begun by then.</summary>
/// <param name="Key">Id of the session, or e-mail address of the person.</param>
/// <param name="At">When.</param>
/// <param name="Until">When the last of them would have ended by itself.</param>
public sealed record EndedSession(string Key, DateTimeOffset At, DateTimeOffset Until);
