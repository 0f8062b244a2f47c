namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:DataProtection</c>: the keys that sign cookies and forms.</summary>
public sealed class DataProtectionSettings
{
    /// <summary>File with one key a line, 32 bytes in base64: the first encrypts, all decrypt. Empty: the keys lie in the database as they are.</summary>
    public string KeyFile { get; set; } = "";
}
