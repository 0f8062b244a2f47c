namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>A bundle cannot be read any further; the message says why. Never leaves this folder: it becomes a problem of the verdict.</summary>
internal sealed class BundleException(string message, string? file = null) : Exception(message)
{
    /// <summary>Which file of the bundle.</summary>
    public string? FileName { get; } = file;
}
