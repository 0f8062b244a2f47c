using OpsConsole.Core.AuditTrail.Retention;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Retention;

/// <summary>Retention as a feature of the host.</summary>
internal static class RetentionSetup
{
    /// <summary>Registers the rules, and what carries decisions out.</summary>
    public static void AddRetention(this IServiceCollection services, ConsoleSettings settings)
    {
        services.AddSingleton(new RetentionOptions(TimeSpan.FromDays(settings.Audit.RetentionDays)));
        services.AddHostedService<RetentionService>();
    }
}
