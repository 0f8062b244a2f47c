using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Core.AuditTrail.Tokens;

/// <summary>The secret of a token: <c>opsc_</c> and base64url of 256 random bits. The prefix lets secret scanners find one in a repository.</summary>
public static class ApiTokenSecret
{
    /// <summary>What every secret begins with.</summary>
    public const string Prefix = "opsc_";

    private const int Length = 48;

    /// <summary>A new one.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is kept of it.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>True for the form of a secret; anything else need not be looked up.</summary>
    public static bool HasForm(string text) => text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal);
}
