using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Ingestion;

/// <summary>Copying of Google's audit logs as a feature of the host.</summary>
internal static class IngestionSetup
{
    /// <summary>Registers it where the settings ask for it.</summary>
    public static void AddIngestion(this IServiceCollection services, ConsoleSettings settings)
    {
        if (settings.Audit.CloudAuditLogs)
        {
            services.AddHostedService<CloudAuditService>();
        }
    }
}
