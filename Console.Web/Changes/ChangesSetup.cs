using OpsConsole.Core;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Changes;

/// <summary>Changes of settings as a feature of the host.</summary>
internal static class ChangesSetup
{
    /// <summary>Registers planning, applying, following, and settling what an earlier run of the console left open.</summary>
    public static IServiceCollection AddChanges(this IServiceCollection services, ConsoleSettings settings) => services
        .AddChanges(new ChangeRules(settings.Changes.ReasonRequired, TimeSpan.FromMinutes(settings.Changes.LongestDeploymentMinutes)))
        .AddHostedService<ChangesService>();
}
