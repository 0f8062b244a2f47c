namespace OpsConsole.Benchmarks.Generating;

internal enum Truth : byte
{
    None,
    InRequest,
    Boundary,
    AfterResponse,
    Resumed,
    IdleInstance,
    Unattributed,
    Startup,
    Shutdown,
}

internal enum LineShape : byte
{
    Request,
    Text,
    Json,
    Access,
    System,
    Audit,
    Job,
}

/// <summary>A request of a generated world. Times are nanoseconds since the Unix epoch.</summary>
internal sealed class Req
{
    public required int Instance { get; init; }

    public long Start;
    public long HandlerStart;

    /// <summary>When the response was sent.</summary>
    public long End;
    public long LatencyNs;
    public long WriteNs;
    public uint WriteTail;
    public ulong TraceHigh;
    public ulong TraceLow;
    public ulong Span;
    public int Route;
    public int Status = 200;
    public bool Traced;
    public bool Spanned;
    public bool WebSocket;
    public bool Aborted;
}

/// <summary>One entry to write.</summary>
internal struct Ev
{
    public long TrueNs;
    public long TimestampNs;

    /// <summary>What file order goes by.</summary>
    public long WriteNs;
    public uint Tail;
    public int Instance;

    /// <summary>The request that it truly is of; null when none.</summary>
    public Req? Owner;

    /// <summary>The request that the truth names.</summary>
    public Req? Named;
    public LineShape Shape;
    public byte Text;
    public Truth Truth;

    /// <summary>Late work: never shown to be of a request by time alone.</summary>
    public bool Background;

    /// <summary>Stood still before it.</summary>
    public bool AfterFreeze;
}
