using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Hosting;

/// <summary>Keeps the keys of Data Protection in the database: every console on it reads the cookies of the others, and a restart ends no session.</summary>
internal sealed class DatabaseKeyRing(ProtectionKeys keys) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.All().Select(XElement.Parse)];

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName) => keys.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
