using System.Text;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Verification.Comparing;

/// <summary>
/// Compares checkpoints with this log, as auditors and witnesses do among each other ("pollination"): one that was shown to somebody else, or two
/// of this log's own from different days. Proofs are made from the stored tiles and then verified, so damaged tiles prove nothing wrong.
/// </summary>
public sealed class LogComparer(ISealedLog log, Func<VerifyTrust> trust)
{
    private const int MaxText = 64 * 1024;

    /// <summary>Compares a checkpoint that somebody has: the text of the note with its signatures.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<LogComparison> CompareAsync(string text, CancellationToken cancellationToken)
    {
        // Pasting loses the last newline, and mail adds carriage returns; neither is part of what was signed.
        var clean = text.Replace("\r", "", StringComparison.Ordinal).Trim('\n', ' ') + "\n";
        if (clean.Length > MaxText)
        {
            return new LogComparison.Unknown("That is too long for a checkpoint.");
        }

        if (!SignedCheckpoint.TryParse(Encoding.UTF8.GetBytes(clean), out var other, out var problem))
        {
            return new LogComparison.Unknown($"This is no checkpoint. {problem} Paste the whole note, with its signature lines.");
        }

        var keys = trust().LogKeys;
        if (keys.All(k => k.Name != other.Checkpoint.Origin))
        {
            return new LogComparison.Unknown($"This is a checkpoint of another log, {other.Checkpoint.Origin}; this one is {string.Join(" and ", keys.Select(static k => k.Name).Distinct(StringComparer.Ordinal))}.");
        }

        if (other.Verify(keys) is NoteVerification.Refused refused)
        {
            return new LogComparison.Unknown($"Its signature is not this log's, so it says nothing: {refused.Reason}");
        }

        var own = (await log.LatestAsync(cancellationToken))?.Signed;
        return own is null || other.Checkpoint.Size > own.Checkpoint.Size
            ? new LogComparison.RolledBack(other, own)
            : await ProveAsync(other, own, cancellationToken);
    }

    /// <summary>Proves that nothing changed between the checkpoints that were the latest at two moments.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<LogComparison> BetweenAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var older = await log.LatestAsync(from, cancellationToken);
        var newer = await log.LatestAsync(to, cancellationToken);
        if (older is null || newer is null)
        {
            return new LogComparison.Unknown("No checkpoint was signed before the first of the two moments.");
        }

        return older.Size > newer.Size
            ? new LogComparison.Unknown("The second moment lies before the first.")
            : await ProveAsync(older.Signed, newer.Signed, cancellationToken);
    }

    /// <summary>The proof between two kept checkpoints, by their sizes; null when one of them is not kept or the proof does not hold.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<ConsistencyFile?> FileAsync(long from, long to, CancellationToken cancellationToken)
    {
        var newer = await AtAsync(to, cancellationToken);
        if (newer is null || from < 0 || from > to)
        {
            return null;
        }

        var path = await PathAsync(from, to, cancellationToken);
        return path is null ? null : new ConsistencyFile(from, path, newer);
    }

    private async Task<LogComparison> ProveAsync(SignedCheckpoint older, SignedCheckpoint newer, CancellationToken cancellationToken)
    {
        var path = await PathAsync(older.Checkpoint.Size, newer.Checkpoint.Size, cancellationToken);
        if (path is null)
        {
            return new LogComparison.Unknown("Tiles of the log are missing, so no proof can be made. Verify everything: it names them.");
        }

        var file = new ConsistencyFile(older.Checkpoint.Size, path, newer);
        return file.Proof.Verify(older.Checkpoint.Root, newer.Checkpoint.Root) ? new LogComparison.Consistent(older, file) : new LogComparison.Fork(older, newer);
    }

    private async Task<IReadOnlyList<MerkleHash>?> PathAsync(long from, long to, CancellationToken cancellationToken)
    {
        try
        {
            return (await new TiledTree(log, to).ConsistencyAsync(from, cancellationToken)).Path;
        }
        catch (MissingTileException)
        {
            return null;
        }
    }

    private async Task<SignedCheckpoint?> AtAsync(long size, CancellationToken cancellationToken) =>
        (await log.CheckpointsAsync(size - 1, 1, cancellationToken)) is [var found] && found.Size == size ? found.Signed : null;
}
