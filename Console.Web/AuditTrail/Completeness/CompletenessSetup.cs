using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Completeness;

namespace OpsConsole.Web.AuditTrail.Completeness;

/// <summary>What completeness registers.</summary>
internal static class CompletenessSetup
{
    /// <summary>Registers checks and rules.</summary>
    public static void AddCompleteness(this IServiceCollection services)
    {
        services.TryAddSingleton<ActEvents>();
        services.AddSingleton<CompletenessChecks>().AddSingleton<CompletenessRuleBook>();
    }
}
