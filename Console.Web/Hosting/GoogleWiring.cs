using OpsConsole.Core.Google;

namespace OpsConsole.Web.Hosting;

/// <summary>Settings to the connection that Core uses. Demo and real mode part here, and nowhere else.</summary>
internal static class GoogleWiring
{
    /// <summary>The project that the simulator stands in for.</summary>
    public const string DemoProject = "acme-prod";

    /// <summary>Where Google Cloud is: the simulator without credentials, or Google.</summary>
    public static GoogleConnection Connection(ConsoleSettings settings, Uri? simulator) => simulator is not null
        ? new GoogleConnection
        {
            Projects = [DemoProject],
            CloudRunBaseAddress = simulator,
            LoggingBaseAddress = simulator,
            ResourceManagerBaseAddress = null,
            Credentials = GoogleCredentials.None,
            Timeout = TimeSpan.FromSeconds(settings.Google.TimeoutSeconds),
        }
        : new GoogleConnection
        {
            Projects = [.. settings.Projects],
            CloudRunBaseAddress = new Uri(settings.Google.CloudRunAddress),
            LoggingBaseAddress = new Uri(settings.Google.LoggingAddress),
            ResourceManagerBaseAddress = settings.Google.ResourceManagerAddress.Length == 0 ? null : new Uri(settings.Google.ResourceManagerAddress),
            TokenInfoAddress = settings.Google.TokenInfoAddress.Length == 0 ? null : new Uri(settings.Google.TokenInfoAddress),
            Credentials = settings.Google.Credentials == "None" ? GoogleCredentials.None : GoogleCredentials.ApplicationDefault,
            Timeout = TimeSpan.FromSeconds(settings.Google.TimeoutSeconds),
        };
}
