using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>
/// A private key with its name, in the form that Go's golang.org/x/mod/sumdb/note writes: <c>PRIVATE+KEY+name+hash+base64(01 || seed)</c>.
/// It signs as a log (<see cref="AsLog"/>) or as a witness (<see cref="AsWitness"/>), never as both: a key has one use.
/// </summary>
public sealed class SigningKey
{
    private const string Prefix = "PRIVATE+KEY+";
    private readonly byte[] seed;

    /// <summary>A key from its seed.</summary>
    /// <exception cref="ArgumentException">The name or the length of the seed is not allowed.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL 3 on this machine.</exception>
    public SigningKey(string name, ReadOnlySpan<byte> seed)
    {
        this.seed = seed.ToArray();
        LogKey = new VerifierKey(name, SignatureType.Ed25519, Ed25519.PublicKey(seed));
    }

    /// <summary>The name.</summary>
    public string Name => LogKey.Name;

    private VerifierKey LogKey { get; }

    /// <summary>A new key.</summary>
    public static SigningKey Generate(string name) => new(name, RandomNumberGenerator.GetBytes(Ed25519.KeySize));

    /// <summary>Reads the line of a key file. The problem never quotes the key.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out SigningKey? key, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(line);
        key = null;
        var parts = line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..].Split('+', 3) : [];
        if (parts.Length != 3 || !StrictBase64.TryDecode(parts[2], out var bytes) || bytes.Length != 1 + Ed25519.KeySize || bytes[0] != (byte)SignatureType.Ed25519)
        {
            problem = $"A signing key has the form {Prefix}name+hash+key, with an Ed25519 key (type 01, 32 bytes).";
            return false;
        }

        problem = KeyName.Problem(parts[0]);
        if (problem is not null)
        {
            return false;
        }

        var read = new SigningKey(parts[0], bytes.AsSpan(1));
        if (!string.Equals(parts[1], $"{read.LogKey.Id:x8}", StringComparison.Ordinal))
        {
            problem = $"The signing key of {parts[0]} is damaged: its hash does not fit its key.";
            return false;
        }

        key = read;
        return true;
    }

    /// <summary>Signs checkpoints as their log: Ed25519 over the text.</summary>
    public ISigner AsLog() => new LogSigner(this);

    /// <summary>Signs other logs' checkpoints as a witness: with the time, to the second (c2sp.org/tlog-cosignature v1).</summary>
    /// <param name="time">The clock.</param>
    public ISigner AsWitness(TimeProvider time) => new WitnessSigner(this, time);

    /// <summary>The line for a key file: keep it secret.</summary>
    public string ToSecretText() => $"{Prefix}{Name}+{LogKey.Id:x8}+{Convert.ToBase64String([(byte)SignatureType.Ed25519, .. seed])}";

    /// <summary>The name alone: a secret does not end up in a log by accident.</summary>
    public override string ToString() => Name;

    private sealed class LogSigner(SigningKey key) : ISigner
    {
        public VerifierKey Key => key.LogKey;

        public NoteSignature Sign(string text) => new(Key.Name, Key.Id, Ed25519.Sign(key.seed, NoteText.Bytes(text)));
    }

    private sealed class WitnessSigner(SigningKey key, TimeProvider time) : ISigner
    {
        public VerifierKey Key { get; } = new(key.Name, SignatureType.Cosignature, key.LogKey.PublicKey.Span);

        public NoteSignature Sign(string text)
        {
            var seconds = time.GetUtcNow().ToUnixTimeSeconds();
            var signature = new byte[8 + Ed25519.SignatureSize];
            BinaryPrimitives.WriteInt64BigEndian(signature, seconds);
            Ed25519.Sign(key.seed, Cosignature.Message(seconds, text)).CopyTo(signature, 8);
            return new NoteSignature(Key.Name, Key.Id, signature);
        }
    }
}
