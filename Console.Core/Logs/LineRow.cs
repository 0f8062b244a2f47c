using System.Runtime.InteropServices;

namespace OpsConsole.Core.Logs;

/// <summary>
/// A container or platform entry in the form the correlator works on: 44 bytes, because files hold tens of millions. Times are
/// nanoseconds since the Unix epoch.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct LineRow : IOfInstance
{
    /// <summary>Largest number of a revision that a row can hold.</summary>
    public const int LargestRevision = (1 << 21) - 1;

    private const int RevisionBits = 10;
    private const int PlatformBits = 6;
    private const int SeverityBits = 2;
    private const int FourBits = 15;
    private const int TwoBits = 3;

    /// <summary>When the line was written.</summary>
    public long TimestampNs;

    /// <summary>The entry's insertId.</summary>
    public InsertId InsertId;

    /// <summary>Where the entry stands in its source.</summary>
    public EntryRef Ref;

    /// <summary>Number of its trace and span in <see cref="LogTable.TraceSpans"/>; 0 when it carries neither.</summary>
    public int TraceSpan;

    /// <summary>Number of the instance in the table; -1 when absent.</summary>
    public int Instance;

    // From the top: 22 bits of the revision's number, 4 of the platform's message, 4 of the severity, 2 of the kind.
    private int _packed;

    /// <summary>For a text that has the shape of a web server's access line, the hash of its method and path; else 0.</summary>
    public uint AccessRouteHash;

    /// <summary>Number of the revision in the table; -1 while it has none.</summary>
    /// <exception cref="LogExportException">Larger than <see cref="LargestRevision"/>.</exception>
    public int Revision
    {
        readonly get => _packed >> RevisionBits;
        set
        {
            if (value > LargestRevision)
            {
                throw new LogExportException("More than 2 million revisions in one input. Give it in parts.");
            }

            _packed = (value << RevisionBits) | (_packed & ((1 << RevisionBits) - 1));
        }
    }

    /// <summary>Which log.</summary>
    public LineKind Kind
    {
        readonly get => (LineKind)(_packed & TwoBits);
        set => _packed = (_packed & ~TwoBits) | (int)value;
    }

    /// <summary>For platform lines, which message.</summary>
    public PlatformMessage Platform
    {
        readonly get => (PlatformMessage)((_packed >> PlatformBits) & FourBits);
        set => _packed = (_packed & ~(FourBits << PlatformBits)) | ((int)value << PlatformBits);
    }

    /// <summary>Severity in steps of 100 of the API divided by 100: 0 DEFAULT … 8 EMERGENCY.</summary>
    public byte Severity
    {
        readonly get => (byte)((_packed >> SeverityBits) & FourBits);
        set => _packed = (_packed & ~(FourBits << SeverityBits)) | (value << SeverityBits);
    }

    readonly int IOfInstance.Instance => Instance;
}
