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

    /// <summary>Small requests of the HTTP API that are under way at once; a request counts once for each 16 KiB of its body.</summary>
    public int ApiRequestsAtOnce { get; set; } = 256;

    /// <summary>Requests of the HTTP API that may wait for their turn, up to two seconds each.</summary>
    public int ApiRequestsWaiting { get; set; } = 1024;

    /// <summary>Events that may wait to be sealed before the HTTP API takes no more.</summary>
    public int ApiUnsealedEvents { get; set; } = 1_000_000;

    /// <summary>Folders outside of the database that get a copy of every checkpoint; none: <c>anchors</c> in the data folder.</summary>
    public IList<string> AnchorFolders { get; set; } = [];

    /// <summary>A log of Cloud Logging that gets a copy of every checkpoint, <c>projects/PROJECT/logs/LOG</c>; empty: none.</summary>
    public string AnchorLog { get; set; } = "";

    /// <summary>Witnesses: address and verifier key of each, separated by a space.</summary>
    public IList<string> Witnesses { get; set; } = [];

    /// <summary>Whether Google's own audit log of Cloud Run is copied into this trail.</summary>
    public bool CloudAuditLogs { get; set; } = true;

    /// <summary>Days that events must be kept; only older ones may be pruned.</summary>
    public int RetentionDays { get; set; } = 400;
}
