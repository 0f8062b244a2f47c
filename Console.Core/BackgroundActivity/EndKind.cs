namespace OpsConsole.Core.BackgroundActivity;

/// <summary>By which rule the end of a request was found.</summary>
public enum EndKind : byte
{
    /// <summary>No request for this purpose: the platform refused it before an instance took it.</summary>
    Aborted,

    /// <summary>The write time inside the insertId.</summary>
    WriteTime,

    /// <summary>timestamp + latency (or the timestamp itself where that is the end).</summary>
    Latency,

    /// <summary>No latency and no write time: the end is not known, and nothing is called late.</summary>
    Unknown,
}
