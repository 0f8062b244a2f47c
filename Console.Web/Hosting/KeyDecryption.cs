using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace OpsConsole.Web.Hosting;

/// <summary>What Data Protection calls to read a key that <see cref="KeyEncryption"/> encrypted; it makes one through this constructor.</summary>
/// <param name="services">The host's services.</param>
internal sealed class KeyDecryption(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc />
    public XElement Decrypt(XElement encryptedElement) =>
        (services.GetService<KeyEncryption>() ?? throw new CryptographicException("The keys in the database are encrypted; set OpsConsole:DataProtection:KeyFile."))
            .Decrypt(encryptedElement);
}
