namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>What is kept beside the entries of a window of the past, so that a restart and a resume know where reading stood.</summary>
internal sealed record WindowRecord
{
    public required WindowRequest Request { get; init; }

    /// <summary>Timestamp of the last entry read; null before the first.</summary>
    public DateTimeOffset? Cursor { get; init; }

    /// <summary>insertIds of the entries at exactly that time: reading on begins there, and they must not come twice.</summary>
    public IReadOnlyList<string> AtCursor { get; init; } = [];

    /// <summary>Length of the file of entries up to the cursor: what lies behind it was not finished.</summary>
    public long Bytes { get; init; }

    public long Entries { get; init; }

    public int Calls { get; init; }

    /// <summary>True when the window was read to its end.</summary>
    public bool Complete { get; init; }
}
