using System.Text;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>
/// A log of Cloud Logging, best in another project whose bucket is locked: then nobody who rules here, and nobody who rules the database,
/// can take an entry away.
/// </summary>
/// <param name="logName"><c>projects/PROJECT/logs/LOG</c>.</param>
/// <param name="log">Writes and reads.</param>
public sealed class CloudLogAnchor(string logName, ICheckpointLog log) : IAnchor
{
    /// <inheritdoc />
    public string Name => $"log:{logName}";

    /// <inheritdoc />
    public int Most => 100;

    /// <inheritdoc />
    public async Task<AnchorAnswer> AddAsync(IReadOnlyList<StoredCheckpoint> checkpoints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        var entries = checkpoints.Select(static c => new CheckpointEntry(c.Signed.Checkpoint.Origin, c.Size, c.Signed.ToString(), c.SignedAt)).ToList();
        return await log.WriteAsync(logName, entries, cancellationToken) is { } error ? new AnchorAnswer.Unavailable(error.Message) : new AnchorAnswer.Kept();
    }

    /// <inheritdoc />
    public async Task<AnchorSight> ReadAsync(int most, CancellationToken cancellationToken)
    {
        var (entries, isAll, error) = await log.ReadAsync(logName, most, cancellationToken);
        return error is not null
            ? new AnchorSight.Unreachable(error.Message)
            : new AnchorSight.Seen(
                [.. entries.Select(e => new AnchoredNote($"the entry of {logName} at {e.SignedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}", Encoding.UTF8.GetBytes(e.Note)))], isAll);
    }
}
