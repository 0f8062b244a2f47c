namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Audit</c>: sealing of the audit trail.</summary>
public sealed class AuditSettings
{
    /// <summary>Name of the log: first line of its checkpoints and name of its key. An address without scheme; it cannot be changed later without a new key.</summary>
    public string Origin { get; set; } = "opsconsole.local/audit";

    /// <summary>File of the private key, made at the first start and readable by its owner alone; empty: <c>audit.key</c> in the data folder.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Requests a second that one token may send to the HTTP API on average, each with up to 1,000 events; four seconds' worth at once.</summary>
    public int ApiRequestsPerSecond { get; set; } = 50;
}
