namespace OpsConsole.Web;

/// <summary>Addresses of changes that take a second person.</summary>
public static partial class Urls
{
    /// <summary>Requests, those that wait first.</summary>
    public const string Approvals = "/changes/approvals";

    /// <summary>One request.</summary>
    public static string Approval(string project, string id) => $"{Approvals}/{Uri.EscapeDataString(project)}/{Uri.EscapeDataString(id)}";
}
