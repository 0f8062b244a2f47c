namespace OpsConsole.Core.BackgroundActivity;

/// <summary>What the timestamp of a request entry means.</summary>
public enum RequestTimestamp : byte
{
    /// <summary>Found from the data.</summary>
    Auto,

    /// <summary>The request's start: all entries of recent years.</summary>
    Start,

    /// <summary>The request's end: exports of 2021.</summary>
    End,
}
