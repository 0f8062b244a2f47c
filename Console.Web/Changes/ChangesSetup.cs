using OpsConsole.Core;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.Changes.Bulk;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Web.Changes.Approvals;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Changes;

/// <summary>Changes of settings as a feature of the host.</summary>
internal static class ChangesSetup
{
    /// <summary>Registers planning, applying, following, and settling what an earlier run of the console left open.</summary>
    public static IServiceCollection AddChanges(this IServiceCollection services, ConsoleSettings settings) => services
        .AddChanges(
            new ChangeRules(settings.Changes.ReasonRequired, TimeSpan.FromMinutes(settings.Changes.LongestDeploymentMinutes)) { Quota = Quota(settings.Changes) },
            new ApprovalPolicy([.. settings.Changes.ApprovalProjects], TimeSpan.FromHours(settings.Changes.ApprovalHours)),
            new BulkRules(settings.Changes.BulkParallelism))
        .AddSingleton<ApprovalInbox>()
        .AddHostedService<ChangesService>()
        .AddHostedService<ChangesWatch>();

    private static RegionQuota? Quota(ChangeSettings settings) =>
        settings is { RegionCpuQuota: 0, RegionMemoryQuota: 0 } ? null : new RegionQuota(settings.RegionCpuQuota * 1000L, (long)settings.RegionMemoryQuota << 30);
}
