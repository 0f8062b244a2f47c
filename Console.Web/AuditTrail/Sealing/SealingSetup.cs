using OpsConsole.Core;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Sealing;

/// <summary>The audit trail as a feature of the host.</summary>
internal static class SealingSetup
{
    /// <summary>Registers recording, reading and sealing.</summary>
    public static IServiceCollection AddSealedAuditTrail(this IServiceCollection services, ConsoleSettings settings) => services
        .AddAuditTrail(provider => LogKeys.Open(
            settings.Audit.KeyFile.Length > 0 ? settings.Audit.KeyFile : provider.GetRequiredService<DataFolder>().AuditKey,
            settings.Audit.Origin))
        .AddSingleton<SealMeters>()
        .AddHostedService<SealingService>();
}
