using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>A log of Cloud Logging that checkpoints are written to and read back from.</summary>
public interface ICheckpointLog
{
    /// <summary>Writes entries (entries:write). Writing the same again is harmless: they carry their own ids and times.</summary>
    /// <param name="logName"><c>projects/PROJECT/logs/LOG</c>.</param>
    /// <param name="entries">At most a few hundred.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when they are written; else why not.</returns>
    Task<CloudRunError?> WriteAsync(string logName, IReadOnlyList<CheckpointEntry> entries, CancellationToken cancellationToken);

    /// <summary>Reads entries, the newest first.</summary>
    Task<(IReadOnlyList<CheckpointEntry> Entries, bool IsAll, CloudRunError? Error)> ReadAsync(string logName, int most, CancellationToken cancellationToken);
}
