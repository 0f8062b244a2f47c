namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>How far reading is.</summary>
public sealed record SourceProgress
{
    /// <summary>What is being done, in a sentence: <c>Reading the last 24 hours, newest first.</c></summary>
    public string Doing { get; init; } = "";

    /// <summary>0 to 1; null when it cannot be known.</summary>
    public double? Fraction { get; init; }

    /// <summary>Entries read so far.</summary>
    public long Entries { get; init; }

    /// <summary>Calls of entries:list made so far; 0 for uploads.</summary>
    public int Calls { get; init; }

    /// <summary>Bytes read so far; uploads only.</summary>
    public long BytesRead { get; init; }

    /// <summary>Bytes in all; uploads only.</summary>
    public long BytesTotal { get; init; }

    /// <summary>How long it will probably still take; null when unknown or done.</summary>
    public TimeSpan? Remaining { get; init; }
}
