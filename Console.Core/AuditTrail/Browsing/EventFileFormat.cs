namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>Forms of a file of events.</summary>
public enum EventFileFormat
{
    /// <summary>RFC 4180, one event a line, for spreadsheets.</summary>
    Csv,

    /// <summary>One JSON object a line, with everything.</summary>
    Ndjson,
}
