using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>What reading a window will cost, from a small probe. A call brings 1,000 entries at most; a project has 60 a minute.</summary>
public sealed record WindowEstimate
{
    /// <summary>Entries in the window, estimated or, where <see cref="Exact"/>, counted.</summary>
    public long Entries { get; init; }

    /// <summary>Calls of entries:list that reading takes.</summary>
    public long Calls { get; init; }

    /// <summary>How long it takes at 60 calls a minute with what the quota has left now.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Bytes on the disk.</summary>
    public long Bytes { get; init; }

    /// <summary>True when the probe already saw every entry.</summary>
    public bool Exact { get; init; }

    /// <summary>Calls that the probe itself made.</summary>
    public int ProbeCalls { get; init; }

    /// <summary>Calls left in this minute, of <see cref="PerMinute"/>.</summary>
    public int CallsLeft { get; init; }

    /// <summary>Calls a minute that the project has: 60.</summary>
    public int PerMinute { get; init; }

    /// <summary>Why there is no estimate; null when there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>The failure behind <see cref="Problem"/>, where a call failed.</summary>
    public CloudRunError? Error { get; init; }
}
