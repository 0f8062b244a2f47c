using System.Security.Cryptography;
using OpsConsole.Core.AuditTrail.Native;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Witnessing;

/// <summary>
/// The memory of a witness: a folder with one file for each log, <c>SHA-256(origin).checkpoint</c>, its latest cosigned checkpoint. One
/// process at a time, and every write is on disk when it returns.
/// </summary>
public sealed class WitnessStore : IDisposable
{
    private readonly string folder;
    private readonly FileStream held;

    private WitnessStore(string folder, FileStream held)
    {
        this.folder = folder;
        this.held = held;
    }

    /// <summary>Opens the folder, or makes it.</summary>
    /// <exception cref="IOException">Another witness has it open, or it cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be used.</exception>
    public static WitnessStore Open(string folder)
    {
        folder = Path.GetFullPath(folder);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            return new WitnessStore(folder, new FileStream(Path.Combine(folder, "witness.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new IOException($"Another witness is using the folder {folder}, or it cannot be written: {e.Message}", e);
        }
    }

    /// <summary>How the protocol and the files name a log.</summary>
    public static string HashOf(string origin) => Convert.ToHexStringLower(SHA256.HashData(NoteText.Bytes(origin)));

    /// <summary>What was kept last for a log; null when nothing was.</summary>
    /// <exception cref="IOException">The file is damaged: the witness must not start again from nothing by itself.</exception>
    public SignedCheckpoint? Latest(string origin)
    {
        var path = PathOf(origin);
        if (!File.Exists(path))
        {
            return null;
        }

        return SignedCheckpoint.TryParse(File.ReadAllBytes(path), out var checkpoint, out var problem) && checkpoint.Checkpoint.Origin == origin
            ? checkpoint
            : throw new IOException($"The witness's memory of {origin} is damaged ({path}): {problem ?? "it is of another log."} Restore the file; without it a rolled-back log would go unseen.");
    }

    /// <summary>Keeps a checkpoint in place of the one before.</summary>
    /// <exception cref="IOException">It could not be written; the one before is still there.</exception>
    public void Keep(SignedCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        DurableFile.Replace(
            PathOf(checkpoint.Checkpoint.Origin), checkpoint.ToBytes(), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    /// <summary>Lets the next witness in.</summary>
    public void Dispose() => held.Dispose();

    private string PathOf(string origin) => Path.Combine(folder, $"{HashOf(origin)}.checkpoint");
}
