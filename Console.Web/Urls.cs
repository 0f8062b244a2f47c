namespace OpsConsole.Web;

/// <summary>Builds every address of the console, for pages, tests and the command line alike.</summary>
public static class Urls
{
    /// <summary>The fleet.</summary>
    public const string Services = "/services";

    /// <summary>One service.</summary>
    public static string Service(string project, string location, string name) =>
        $"/services/{Uri.EscapeDataString(project)}/{Uri.EscapeDataString(location)}/{Uri.EscapeDataString(name)}";

    /// <summary>Background activity of the fleet.</summary>
    public const string Background = "/background";
}
