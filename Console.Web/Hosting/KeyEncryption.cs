using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace OpsConsole.Web.Hosting;

/// <summary>
/// Encrypts the keys of Data Protection at rest with a key of the settings: AES-256-GCM, a random nonce each. The first key of the file
/// encrypts, all of them decrypt, so that a key can be changed: put the new one first, and drop the old one when what it encrypted has expired (90 days).
/// </summary>
internal sealed class KeyEncryption : IXmlEncryptor
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly List<byte[]> _keys;

    /// <summary>With the keys of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public KeyEncryption(string file) => _keys = Read(file);

    /// <summary>Null when the file can be used; else why not.</summary>
    public static string? WhyUnusable(string file)
    {
        try
        {
            return Read(file).Count == 0 ? "holds no key." : null;
        }
        catch (FormatException)
        {
            return "has a line that is not 32 bytes in base64.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message}";
        }
    }

    /// <inheritdoc />
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_keys[0], TagBytes);
        aes.Encrypt(sealedBytes.AsSpan(0, NonceBytes), plain, sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(NonceBytes + plain.Length));
        CryptographicOperations.ZeroMemory(plain);
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(sealedBytes)), typeof(KeyDecryption));
    }

    /// <summary>The plain text of what <see cref="Encrypt"/> made.</summary>
    /// <exception cref="CryptographicException">No key of the file fits.</exception>
    public XElement Decrypt(XElement encrypted)
    {
        var sealedBytes = Convert.FromBase64String(encrypted.Value);
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        foreach (var key in _keys)
        {
            try
            {
                using var aes = new AesGcm(key, TagBytes);
                aes.Decrypt(sealedBytes.AsSpan(0, NonceBytes), sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(NonceBytes + plain.Length), plain);
                return XElement.Parse(System.Text.Encoding.UTF8.GetString(plain));
            }
            catch (AuthenticationTagMismatchException)
            {
                // Another key of the file, then.
            }
        }

        throw new CryptographicException("No key of OpsConsole:DataProtection:KeyFile decrypts this key of Data Protection. Was a key dropped too early?");
    }

    private static List<byte[]> Read(string file) =>
    [
        .. File.ReadAllLines(file).Select(static line => line.Trim()).Where(static line => line.Length > 0)
            .Select(static line => Convert.FromBase64String(line) is { Length: 32 } key ? key : throw new FormatException()),
    ];
}
