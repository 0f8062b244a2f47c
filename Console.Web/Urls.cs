using System.Text;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web;

/// <summary>Builds every address of the console, for pages, tests and the command line alike.</summary>
public static partial class Urls
{
    /// <summary>The fleet: services.</summary>
    public const string Services = "/services";

    /// <summary>The fleet: jobs.</summary>
    public const string Jobs = "/services/jobs";

    /// <summary>The fleet: worker pools.</summary>
    public const string WorkerPools = "/services/worker-pools";

    /// <summary>Background activity of the fleet.</summary>
    public const string Background = "/background";

    /// <summary>One service.</summary>
    public static string Service(string project, string location, string name) =>
        $"/services/{Uri.EscapeDataString(project)}/{Uri.EscapeDataString(location)}/{Uri.EscapeDataString(name)}";

    /// <summary>One service.</summary>
    public static string Service(ResourceName name) => Service(name.Project, name.Location, name.Id);

    /// <summary>Background activity of one service.</summary>
    public static string BackgroundOf(ResourceName service) =>
        $"{Background}/{Uri.EscapeDataString(service.Project)}/{Uri.EscapeDataString(service.Location)}/{Uri.EscapeDataString(service.Id)}";

    /// <summary>A path with a query. What is null or empty is left out, so that addresses stay short.</summary>
    /// <param name="path">Without a query.</param>
    /// <param name="query">Names and values, in the order in which they are written.</param>
    public static string With(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var url = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in query)
        {
            if (!string.IsNullOrEmpty(value))
            {
                url.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return url.ToString();
    }
}
