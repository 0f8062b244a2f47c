using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>One signature line of a note: <c>— name base64(id || signature)</c>. Nothing is known of its truth.</summary>
/// <param name="Name">Name of the key.</param>
/// <param name="KeyId">Id of the key.</param>
/// <param name="Signature">What follows the id.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    /// <summary>How a line begins: an em dash and a space.</summary>
    internal const string Mark = "\u2014 ";

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without the newline.</param>
    /// <param name="signature">What it says.</param>
    public static bool TryParse(string line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        ArgumentNullException.ThrowIfNull(line);
        signature = null;
        if (!line.StartsWith(Mark, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = line[Mark.Length..].Split(' ', 2);
        if (parts.Length != 2 || KeyName.Problem(parts[0]) is not null || !StrictBase64.TryDecode(parts[1], out var bytes) || bytes.Length < 5)
        {
            return false;
        }

        signature = new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4));
        return true;
    }

    /// <summary>Reads lines, each with its newline, as a witness answers; null when one is not a signature.</summary>
    public static IReadOnlyList<NoteSignature>? ParseLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EndsWith('\n'))
        {
            return null;
        }

        var found = new List<NoteSignature>();
        foreach (var line in text[..^1].Split('\n'))
        {
            if (!TryParse(line, out var signature))
            {
                return null;
            }

            found.Add(signature);
        }

        return found;
    }

    /// <summary>True when the line says that it was made by this key.</summary>
    public bool Claims(VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return KeyId == key.Id && Name == key.Name;
    }

    /// <inheritdoc/>
    public bool Equals(NoteSignature? other) =>
        other is not null && Name == other.Name && KeyId == other.KeyId && Signature.Span.SequenceEqual(other.Signature.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, KeyId, Signature.Length);

    /// <summary>The line, without the newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[4 + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.Span.CopyTo(bytes.AsSpan(4));
        return $"{Mark}{Name} {Convert.ToBase64String(bytes)}";
    }
}
