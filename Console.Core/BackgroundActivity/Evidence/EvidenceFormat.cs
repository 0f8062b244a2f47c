namespace OpsConsole.Core.BackgroundActivity.Evidence;

/// <summary>How evidence is written.</summary>
public enum EvidenceFormat
{
    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>RFC 4180: CRLF, fields quoted where needed, a header line.</summary>
    Csv,
}
