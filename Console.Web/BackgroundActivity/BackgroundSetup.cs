using OpsConsole.Core;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Web.BackgroundActivity.Evidence;
using OpsConsole.Web.BackgroundActivity.Uploads;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.BackgroundActivity;

/// <summary>What background activity registers, and the endpoints that are no pages.</summary>
internal static class BackgroundSetup
{
    /// <summary>Registers sources and acceptances.</summary>
    public static void AddBackground(this IServiceCollection services, ConsoleSettings settings) =>
        services.AddBackgroundActivity(provider =>
        {
            var folder = provider.GetRequiredService<DataFolder>();
            return new SourceSettings
            {
                UploadFolder = folder.Uploads,
                WindowFolder = folder.Windows,
                Poll = TimeSpan.FromSeconds(settings.Logs.PollSeconds),
                LiveWindow = TimeSpan.FromHours(settings.Logs.LiveHours),
                LiveBytes = settings.Logs.LiveMegabytes * 1_000_000L,
                UploadLimitBytes = settings.Logs.UploadLimitBytes,
            };
        });

    /// <summary>Maps uploads and downloads.</summary>
    public static void MapBackground(this IEndpointRouteBuilder app)
    {
        app.MapUploads();
        app.MapEvidence();
    }
}
