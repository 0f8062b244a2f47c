namespace OpsConsole.Core.Logs.Reading;

/// <summary>Which log an entry's <c>logName</c> names, as far as the reader minds.</summary>
internal enum LogId
{
    /// <summary>No logName (wrapper objects of client libraries leave it out).</summary>
    None,

    /// <summary><c>run.googleapis.com%2Frequests</c>.</summary>
    Requests,

    /// <summary><c>run.googleapis.com%2Fstdout</c>.</summary>
    Stdout,

    /// <summary><c>run.googleapis.com%2Fstderr</c>.</summary>
    Stderr,

    /// <summary><c>run.googleapis.com%2Fvarlog%2Fsystem</c>, also <c>run.googleapis.com%2F%2Fvar%2Flog%2Fsystem</c>.</summary>
    System,

    /// <summary><c>cloudaudit.googleapis.com%2F…</c>.</summary>
    Audit,

    /// <summary>Any other log of Cloud Run: <c>run.googleapis.com%2Fvar%2Flog%2F…</c>.</summary>
    OtherRun,

    /// <summary>Any other log, for example one written through the Logging API.</summary>
    Other,
}
