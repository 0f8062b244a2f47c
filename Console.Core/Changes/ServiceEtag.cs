namespace OpsConsole.Core.Changes;

/// <summary>The etag of a service, worker pool or job as it was read.</summary>
public static class ServiceEtag
{
    /// <summary>It, byte for byte; empty where there is none.</summary>
    public static string Of(string rawJson) => ServiceDocument.Parse(rawJson) is { } document ? ServiceDocument.Text(document.Root, "etag") : "";
}
