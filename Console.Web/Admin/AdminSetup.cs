using OpsConsole.Web.Observability;

namespace OpsConsole.Web.Admin;

/// <summary>The pages of administrators as a feature of the host.</summary>
internal static class AdminSetup
{
    /// <summary>Registers what they need.</summary>
    public static void AddAdmin(this IServiceCollection services)
    {
        services.AddSingleton<CpuWatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<CpuWatch>());
        services.AddSingleton<DiagnosticsReport>();
    }
}
