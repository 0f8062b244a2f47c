using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>The run.app addresses of a service and of its tags, and the link to a revision's logs.</summary>
internal static class Addresses
{
    /// <summary>With the project's number, and with the hash that is older and still the one in <c>uri</c>.</summary>
    public static IReadOnlyList<string> Of(string serviceName, string projectNumber)
    {
        var (name, region) = (ResourceName.Short(serviceName), ResourceName.LocationOf(serviceName));
        return [$"https://{name}-{projectNumber}.{region}.run.app", Hashed(name, region, projectNumber)];
    }

    /// <summary><c>https://canary---webhooks-….a.run.app</c></summary>
    public static string OfTag(string tag, string uri) => uri.Replace("https://", $"https://{tag}---", StringComparison.Ordinal);

    public static string LogsOf(string project, string revisionName)
    {
        var revision = ResourceName.Short(revisionName);
        var parent = ResourceName.Short(ResourceName.Parent(revisionName));
        var filter = Uri.EscapeDataString(
            $"resource.type=\"cloud_run_revision\"\nresource.labels.service_name=\"{parent}\"\nresource.labels.revision_name=\"{revision}\"");
        return $"https://console.cloud.google.com/logs/viewer?project={project}&resource=cloud_run_revision&advancedFilter={filter}";
    }

    // "-ew": the first letters of the region's words.
    private static string Hashed(string name, string region, string projectNumber)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(projectNumber));
        var letters = string.Concat(hash.Take(10).Select(static b => "abcdefghijklmnopqrstuvwxyz234567"[b % 32]));
        var words = region.Split('-');
        return $"https://{name}-{letters}-{words[0][0]}{words[1][0]}.a.run.app";
    }
}
