using System.Runtime.InteropServices;

namespace OpsConsole.Core.Logs;

/// <summary>A request entry in the form the correlator works on. Times are nanoseconds since the Unix epoch.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct RequestRow : IOfInstance
{
    /// <summary>As written; whether it is the start or the end is the file's convention.</summary>
    public long TimestampNs;

    /// <summary>-1 when absent.</summary>
    public long LatencyNs;

    /// <summary>receiveTimestamp; 0 when absent.</summary>
    public long ReceiveNs;

    /// <summary>Numeric value of the hexadecimal span id; 0 when absent.</summary>
    public ulong SpanId;

    /// <summary>Upper half of the trace id; both halves 0 when absent.</summary>
    public ulong TraceHigh;

    /// <summary>Lower half of the trace id.</summary>
    public ulong TraceLow;

    /// <summary>The entry's insertId.</summary>
    public InsertId InsertId;

    /// <summary>Where the entry stands in its source.</summary>
    public EntryRef Ref;

    /// <summary>Number of the instance in the table; -1 when absent.</summary>
    public int Instance;

    /// <summary>Number of the revision in the table.</summary>
    public int Revision;

    /// <summary>Hash of method and path without the query, as <see cref="RouteHash"/> makes it; 0 when absent.</summary>
    public uint RouteHash;

    /// <summary>HTTP status; 0 when absent.</summary>
    public ushort Status;

    /// <summary>What else was seen.</summary>
    public RequestFlags Flags;

    readonly int IOfInstance.Instance => Instance;
}
