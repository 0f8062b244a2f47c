namespace OpsConsole.Core.Logs.Reading;

/// <summary>How to read; the defaults are for a person's own files on the command line.</summary>
internal sealed record ReadOptions
{
    /// <summary>Workers; 0 means one for each core.</summary>
    public int Threads { get; init; }

    /// <summary>Bytes of a block.</summary>
    public int BlockSize { get; init; } = 1 << 20;

    /// <summary>Most bytes that one packed file may grow to.</summary>
    public long MaxUnpackedBytes { get; init; } = long.MaxValue;

    /// <summary>Most bytes that one packed byte may grow to, once 16 MiB are unpacked. JSON logs pack about 1 : 15; gzip reaches 1 : 1032.</summary>
    public int MaxUnpackRatio { get; init; } = int.MaxValue;
}
