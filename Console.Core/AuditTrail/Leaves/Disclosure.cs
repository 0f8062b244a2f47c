using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Leaves;

/// <summary>
/// What opens one commitment, as in RFC 9901 (SD-JWT), section 4.2: base64url of the JSON array [salt, name, value].
/// The digest in the leaf is base64url(SHA-256(these ASCII characters)). Without the salt, 128 random bits, the digest says nothing about the value.
/// </summary>
/// <param name="Encoded">The characters that are hashed.</param>
/// <param name="Name">Which field, for example <c>actor.id</c>.</param>
/// <param name="Value">Its value.</param>
public sealed record Disclosure(string Encoded, string Name, JsonElement Value)
{
    /// <summary>Stands between disclosures that are packed: SD-JWT's own separator, which base64url does not use.</summary>
    public const byte Separator = (byte)'~';

    /// <summary>The digest that the leaf must hold for it.</summary>
    public string Digest
    {
        get
        {
            var hash = Sha256.Of(Encoding.ASCII.GetBytes(Encoded));
            return Base64Url.EncodeToString(hash.Bytes);
        }
    }

    /// <summary>Reads one; null when it is none.</summary>
    public static Disclosure? Parse(ReadOnlySpan<byte> encoded)
    {
        try
        {
            var root = JsonElement.Parse(Base64Url.DecodeFromUtf8(encoded));
            return root.ValueKind == JsonValueKind.Array && root.GetArrayLength() == 3
                && root[0].ValueKind == JsonValueKind.String && root[1].ValueKind == JsonValueKind.String
                ? new Disclosure(Encoding.ASCII.GetString(encoded), root[1].GetString()!, root[2])
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The encoded disclosures of a packed text.</summary>
    public static IReadOnlyList<string> Unpack(ReadOnlySpan<byte> packed) =>
        packed.IsEmpty ? [] : Encoding.ASCII.GetString(packed).Split((char)Separator);

    /// <summary>Packs encoded disclosures, for example those that an erasure leaves.</summary>
    public static byte[] Pack(IEnumerable<string> encoded) => Encoding.ASCII.GetBytes(string.Join((char)Separator, encoded));

    /// <summary>Packs again without the fields of these names: erasing. Whatever cannot be read is left out too.</summary>
    public static byte[] Without(ReadOnlySpan<byte> packed, IReadOnlyCollection<string> names) =>
        Pack(Unpack(packed).Where(encoded => Parse(Encoding.ASCII.GetBytes(encoded)) is { } disclosure && !names.Contains(disclosure.Name, StringComparer.Ordinal)));
}
