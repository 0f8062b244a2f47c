using System.Runtime.InteropServices;

namespace OpsConsole.Core.Logs;

/// <summary>A container or platform entry in the form the correlator works on. Times are nanoseconds since the Unix epoch.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct LineRow
{
    /// <summary>When the line was written.</summary>
    public long TimestampNs;

    /// <summary>Numeric span id (hexadecimal or decimal on the wire); 0 when absent.</summary>
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

    /// <summary>For a text that has the shape of a web server's access line, the hash of its method and path; else 0.</summary>
    public uint AccessRouteHash;

    /// <summary>Which log.</summary>
    public LineKind Kind;

    /// <summary>For platform lines, which message.</summary>
    public PlatformMessage Platform;

    /// <summary>Severity in steps of 100 of the API divided by 100: 0 DEFAULT … 8 EMERGENCY.</summary>
    public byte Severity;

    /// <summary>Unused; keeps the row at a round size.</summary>
    public byte Reserved;
}
