using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>A checkpoint and the note it was read from, with the signatures of its log and of witnesses.</summary>
/// <param name="Checkpoint">What the note says.</param>
/// <param name="Note">The note, byte for byte.</param>
public sealed record SignedCheckpoint(Checkpoint Checkpoint, SignedNote Note)
{
    /// <summary>Reads a checkpoint; no signature of it is verified.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedCheckpoint? signed, [NotNullWhen(false)] out string? problem)
    {
        signed = null;
        if (!SignedNote.TryParse(bytes, out var note, out problem) || !Checkpoint.TryParse(note.Text, out var checkpoint, out problem))
        {
            return false;
        }

        signed = new SignedCheckpoint(checkpoint, note);
        return true;
    }

    /// <summary>
    /// Checks the log's signature: a trusted key that is named as the checkpoint's origin must have made it. Two logs may share a list of
    /// trusted keys and still not speak for each other.
    /// </summary>
    /// <param name="logKeys">Trusted keys of logs.</param>
    public NoteVerification Verify(IEnumerable<VerifierKey> logKeys) => Note.Verify(logKeys.Where(k => k.Name == Checkpoint.Origin));

    /// <summary>The same checkpoint with more signatures.</summary>
    public SignedCheckpoint With(IEnumerable<NoteSignature> more) => this with { Note = Note.With(more) };

    /// <summary>The bytes to store, to serve and to send.</summary>
    public byte[] ToBytes() => Note.ToBytes();

    /// <summary>The note.</summary>
    public override string ToString() => Note.ToString();
}
