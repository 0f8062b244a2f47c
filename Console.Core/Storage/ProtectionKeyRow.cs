namespace OpsConsole.Core.Storage;

/// <summary>A key of ASP.NET Data Protection, as it writes it: it signs cookies and antiforgery tokens.</summary>
public sealed class ProtectionKeyRow
{
    /// <summary>The library's name for it.</summary>
    public required string Name { get; set; }

    /// <summary>XML; encrypted where a key of the settings encrypts it.</summary>
    public required string Xml { get; set; }
}
