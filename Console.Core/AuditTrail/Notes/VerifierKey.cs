using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>
/// A public key with its name, a "vkey" (c2sp.org/signed-note, "Verifier keys"): <c>name+hash+base64(type || key)</c>. It verifies the
/// signatures that carry its name and its id.
/// </summary>
public sealed class VerifierKey : IEquatable<VerifierKey>
{
    private readonly byte[] publicKey;

    /// <summary>A key from its parts; the id follows from them.</summary>
    /// <exception cref="ArgumentException">The name or the length of the key is not allowed.</exception>
    public VerifierKey(string name, SignatureType type, ReadOnlySpan<byte> publicKey)
    {
        if (KeyName.Problem(name) is { } problem)
        {
            throw new ArgumentException(problem, nameof(name));
        }

        if (publicKey.Length != Ed25519.KeySize)
        {
            throw new ArgumentException($"An Ed25519 public key has {Ed25519.KeySize} bytes, not {publicKey.Length}.", nameof(publicKey));
        }

        Name = name;
        Type = type;
        this.publicKey = publicKey.ToArray();
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. NoteText.Bytes(name), (byte)'\n', (byte)type, .. publicKey]));
    }

    /// <summary>The name, as in signature lines.</summary>
    public string Name { get; }

    /// <summary>First four bytes of SHA-256(name || 0A || type || key): with the name, it names the key. No protection by itself.</summary>
    public uint Id { get; }

    /// <summary>What it verifies.</summary>
    public SignatureType Type { get; }

    /// <summary>The 32 bytes of the key.</summary>
    public ReadOnlyMemory<byte> PublicKey => publicKey;

    /// <summary>Reads a vkey.</summary>
    /// <param name="text">One line, without the newline.</param>
    /// <param name="key">The key.</param>
    /// <param name="problem">Why not, as a sentence.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out VerifierKey? key, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        key = null;
        var parts = text.Split('+', 3);
        if (parts.Length != 3)
        {
            problem = "A verifier key has the form name+hash+key.";
            return false;
        }

        problem = KeyName.Problem(parts[0]);
        if (problem is not null)
        {
            return false;
        }

        if (parts[1].Length != 8 || parts[1].Any(static c => !char.IsAsciiHexDigitLower(c))
            || !StrictBase64.TryDecode(parts[2], out var bytes) || bytes.Length < 1)
        {
            problem = $"The verifier key of {parts[0]} is damaged: its hash or its base64 is not well-formed.";
            return false;
        }

        if (!Enum.IsDefined((SignatureType)bytes[0]) || bytes.Length != 1 + Ed25519.KeySize)
        {
            problem = $"The verifier key of {parts[0]} is of type 0x{bytes[0]:x2} with {bytes.Length - 1} bytes. Legal: 0x01 (Ed25519) and 0x04 (cosignature), 32 bytes.";
            return false;
        }

        var read = new VerifierKey(parts[0], (SignatureType)bytes[0], bytes.AsSpan(1));
        if (read.Id != uint.Parse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
        {
            problem = $"The verifier key of {parts[0]} is damaged: its hash is {parts[1]}, its key gives {read.Id:x8}.";
            return false;
        }

        key = read;
        return true;
    }

    /// <summary>Checks a signature's bytes, without the key id in front of them.</summary>
    /// <param name="text">The note's text.</param>
    /// <param name="signature">64 bytes, or 8 of time and 64.</param>
    /// <param name="time">When it was made, for a cosignature that is good.</param>
    public bool Verify(string text, ReadOnlySpan<byte> signature, out DateTimeOffset? time)
    {
        time = null;
        if (Type == SignatureType.Ed25519)
        {
            return Ed25519.Verify(publicKey, NoteText.Bytes(text), signature);
        }

        if (!Cosignature.TryTake(signature, out var seconds, out var inner) || !Ed25519.Verify(publicKey, Cosignature.Message(seconds, text), inner))
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    /// <summary>True for another name, type or id of the same public key.</summary>
    public bool WrapsSameKeyAs(VerifierKey other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return publicKey.AsSpan().SequenceEqual(other.publicKey);
    }

    /// <inheritdoc/>
    public bool Equals(VerifierKey? other) => other is not null && Name == other.Name && Type == other.Type && WrapsSameKeyAs(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Id);

    /// <summary>The vkey.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Type, .. publicKey])}";
}
