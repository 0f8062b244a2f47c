namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>How a cell's bytes are to be read.</summary>
public enum LedgerType
{
    /// <summary>A whole number: 8 bytes, big-endian.</summary>
    Number,

    /// <summary>A time: microseconds since 1970 in UTC, as a number.</summary>
    Time,

    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Bytes,
}
