using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Core.Access.Iap;

/// <summary>The parts of an assertion, read strictly and not yet believed: <c>header.payload.signature</c> (RFC 7515, compact form).</summary>
internal sealed class IapToken
{
    private const int Longest = 16 * 1024;
    private const int SignatureBytes = 64;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Id of the key.</summary>
    public required string KeyId { get; init; }

    /// <summary>What was signed.</summary>
    public required byte[] Signed { get; init; }

    /// <summary>R and S, 32 bytes each.</summary>
    public required byte[] Signature { get; init; }

    /// <summary>The claims.</summary>
    public required JsonElement Claims { get; init; }

    /// <summary>Reads one; null with the refusal.</summary>
    public static (IapToken? Token, IapRefusal? Refusal) Read(string text)
    {
        var parts = text.Split('.');
        if (text.Length > Longest || parts.Length != 3)
        {
            return (null, new IapRefusal.Malformed("it has not three parts"));
        }

        if (Json(parts[0]) is not { } header || Json(parts[1]) is not { } claims)
        {
            return (null, new IapRefusal.Malformed("its header or its claims are not JSON"));
        }

        // The algorithm is ours to choose, not the token's: none, HS256 with a public key as the secret, RS256 and the rest end here.
        if (Text(header, "alg") != "ES256")
        {
            return (null, new IapRefusal.WrongAlgorithm());
        }

        if (header.TryGetProperty("crit", out _) || Text(header, "kid") is not { Length: > 0 and <= 200 } keyId)
        {
            return (null, new IapRefusal.Malformed("it names no key, or asks for an extension"));
        }

        return Bytes(parts[2]) is { Length: SignatureBytes } signature
            ? (new IapToken { KeyId = keyId, Signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Signature = signature, Claims = claims }, null)
            : (null, new IapRefusal.BadSignature());
    }

    /// <summary>A claim that is text; null where it is not there or is something else.</summary>
    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A claim that is a time in seconds since 1970; null where it is not there or is something else, as from the year 9000 on: some time may be added to it.</summary>
    public static DateTimeOffset? Time(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 221845392000
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    private static JsonElement? Json(string part)
    {
        try
        {
            if (Bytes(part) is not { } bytes)
            {
                return null;
            }

            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object && IsText(document.RootElement) ? document.RootElement.Clone() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // "\ud800", half a character, is JSON and yet no text; so are bytes that are not UTF-8. Reading them throws InvalidOperationException.
    private static bool IsText(JsonElement json) =>
        json.EnumerateObject().All(static p => p.Name is not null && (p.Value.ValueKind != JsonValueKind.String || p.Value.GetString() is not null));

    // Base64url without padding and without anything else: .NET's own decoder lets white space pass.
    private static byte[]? Bytes(string part)
    {
        if (part.Length == 0 || !part.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return null;
        }

        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
