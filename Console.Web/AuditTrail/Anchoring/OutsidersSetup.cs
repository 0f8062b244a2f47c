using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Witnessing;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Anchoring;

/// <summary>Anchors and witnesses as a feature of the host.</summary>
internal static class OutsidersSetup
{
    private static readonly TimeSpan WitnessTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Registers them. To be called before sealing, so that they stop after it and get the last checkpoint too.</summary>
    public static void AddOutsiders(this IServiceCollection services, ConsoleSettings settings)
    {
        services.AddSingleton<IReadOnlyList<IAnchor>>(provider => Anchors(provider, settings.Audit));
        services.AddSingleton(provider => new Outsiders(
            Loops(provider, settings.Audit), provider.GetRequiredService<Incidents>(), provider.GetRequiredService<OutsideBoard>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<OutsidersService>();
    }

    private static List<IAnchor> Anchors(IServiceProvider provider, AuditSettings settings)
    {
        IReadOnlyList<string> folders = settings.AnchorFolders.Count > 0 ? [.. settings.AnchorFolders] : [provider.GetRequiredService<DataFolder>().Anchors];
        var anchors = folders.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Select(static IAnchor (folder) => new FolderAnchor(folder)).ToList();
        if (settings.AnchorLog.Length > 0)
        {
            anchors.Add(new CloudLogAnchor(settings.AnchorLog, provider.GetRequiredService<ICheckpointLog>()));
        }

        return anchors;
    }

    private static IReadOnlyList<OutsideLoop> Loops(IServiceProvider provider, AuditSettings settings)
    {
        var keys = provider.GetRequiredService<LogKeys>();
        var store = provider.GetRequiredService<IAnchorStore>();
        var incidents = provider.GetRequiredService<Incidents>();
        var signals = provider.GetRequiredService<SealSignals>();
        var health = provider.GetRequiredService<SealHealth>();
        var board = provider.GetRequiredService<OutsideBoard>();
        var time = provider.GetRequiredService<TimeProvider>();
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { { "User-Agent", "OpsConsole/0.1" } },
        };
        AuditRules.TryWitnesses(settings.Witnesses, out var witnesses, out _);
        return
        [
            .. provider.GetRequiredService<IReadOnlyList<IAnchor>>().Select(OutsideLoop (anchor) => new AnchorLoop(anchor, keys, store, incidents, signals, health, board, time)),
            .. (witnesses ?? []).Select(OutsideLoop (w) => new WitnessLoop(
                new WitnessClient(http, new Uri(w.Url!), w.Key, WitnessTimeout, time), w.Url!, provider.GetRequiredService<ISealedLog>(), store, incidents, signals, health, board, time)),
        ];
    }
}
