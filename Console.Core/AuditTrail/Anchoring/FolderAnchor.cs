using System.Globalization;
using OpsConsole.Core.AuditTrail.Native;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>
/// A folder with one file for each checkpoint, <c>0000000000000004711.checkpoint</c>: the signed note as the log signed it. Files are written
/// beside, synced and linked to their name, which fails when the name is taken: nothing is ever overwritten.
/// </summary>
/// <param name="folder">Made at the first use. Better on another disk or machine than the database, append-only for this user.</param>
public sealed class FolderAnchor(string folder) : IAnchor
{
    /// <summary>What names of anchors that are folders begin with.</summary>
    internal const string NamePrefix = "folder:";

    private const string Extension = ".checkpoint";
    private readonly string _folder = Path.GetFullPath(folder);

    /// <inheritdoc />
    public string Name => $"{NamePrefix}{_folder}";

    /// <inheritdoc />
    public int Most => 200;

    /// <summary>Name of the file of a size.</summary>
    public static string FileOf(long size) => string.Create(CultureInfo.InvariantCulture, $"{size:D19}{Extension}");

    /// <inheritdoc />
    public Task<AnchorAnswer> AddAsync(IReadOnlyList<StoredCheckpoint> checkpoints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        try
        {
            Directory.CreateDirectory(_folder);
            var written = false;
            foreach (var checkpoint in checkpoints)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Add(checkpoint, ref written) is { } differs)
                {
                    return Task.FromResult<AnchorAnswer>(differs);
                }
            }

            if (written)
            {
                DurableFile.SyncFolderOf(Path.Combine(_folder, Extension));
            }

            return Task.FromResult<AnchorAnswer>(new AnchorAnswer.Kept());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<AnchorAnswer>(new AnchorAnswer.Unavailable($"The folder {_folder} cannot be written: {e.Message}"));
        }
    }

    /// <inheritdoc />
    public async Task<AnchorSight> ReadAsync(int most, CancellationToken cancellationToken)
    {
        try
        {
            var names = Directory.Exists(_folder)
                ? Directory.EnumerateFiles(_folder, $"*{Extension}").Where(static f => !Path.GetFileName(f).StartsWith('.')).OrderDescending(StringComparer.Ordinal).ToList()
                : [];
            var notes = new List<AnchoredNote>();
            foreach (var name in names.Take(most))
            {
                notes.Add(new AnchoredNote($"the file {name}", await File.ReadAllBytesAsync(name, cancellationToken)));
            }

            return new AnchorSight.Seen(notes, names.Count <= most);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new AnchorSight.Unreachable($"The folder {_folder} cannot be read: {e.Message}");
        }
    }

    private AnchorAnswer.Differs? Add(StoredCheckpoint checkpoint, ref bool written)
    {
        var path = Path.Combine(_folder, FileOf(checkpoint.Size));
        if (!File.Exists(path))
        {
            var beside = Path.Combine(_folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
            try
            {
                using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                {
                    stream.Write(checkpoint.Signed.ToBytes());
                    stream.Flush(flushToDisk: true);
                }

                CrashPoints.At(CrashStep.AnchorFileWritten);

                // On Unix this is link(2) and unlink(2): it fails when the name is there, and another writer's file stays.
                File.Move(beside, path, overwrite: false);
                written = true;
                return null;
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another console was quicker; what it wrote is compared like everything else that is there.
            }
            finally
            {
                File.Delete(beside);
            }
        }

        return Compare(path, checkpoint);
    }

    // The text decides: signatures may be more (a rotation, cosignatures) without another history.
    private static AnchorAnswer.Differs? Compare(string path, StoredCheckpoint checkpoint)
    {
        var there = File.ReadAllBytes(path);
        return SignedCheckpoint.TryParse(there, out var signed, out var problem) && signed.Note.Text == checkpoint.Signed.Note.Text
            ? null
            : new AnchorAnswer.Differs(
                checkpoint.Size,
                $"The anchor {path} holds another checkpoint for {checkpoint.Size.ToString(CultureInfo.InvariantCulture)} leaves than this database: {(signed is null ? problem : $"root {signed.Checkpoint.Root} of {signed.Checkpoint.Origin} instead of {checkpoint.Signed.Checkpoint.Root} of {checkpoint.Signed.Checkpoint.Origin}.")}");
    }
}
