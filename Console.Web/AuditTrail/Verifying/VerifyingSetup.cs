using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.AuditTrail.Verification.Comparing;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Verifying;

/// <summary>Verification as a feature of the host.</summary>
internal static class VerifyingSetup
{
    private static readonly TimeSpan WitnessTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Registers it; needs the audit trail and its anchors.</summary>
    public static void AddVerifying(this IServiceCollection services, ConsoleSettings settings)
    {
        services.AddSingleton<ILedgerSource, LedgerSource>();
        services.AddSingleton<IWitnessMonitor>(static provider => new WitnessMonitor(
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan },
            WitnessTimeout,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Func<VerifyTrust>>(provider => () => Trust(provider, settings.Audit));
        services.AddSingleton(static provider => new VerifyBookmark(Path.Combine(provider.GetRequiredService<DataFolder>().Path, "verification.json")));
        services.AddSingleton<Verifier>().AddSingleton<Verifications>().AddSingleton<KilledActs>().AddSingleton<LogComparer>();
        services.AddHostedService<VerifyingService>();
    }

    private static VerifyTrust Trust(IServiceProvider provider, AuditSettings settings)
    {
        AuditRules.TryWitnesses(settings.Witnesses, out var witnesses, out _);
        IReadOnlyList<string> folders = settings.AnchorFolders.Count > 0 ? [.. settings.AnchorFolders] : [provider.GetRequiredService<DataFolder>().Anchors];
        return new VerifyTrust
        {
            LogKeys = provider.GetRequiredService<LogKeys>().VerifierKeys,
            Witnesses = witnesses ?? [],
            AnchorFolders = [.. folders.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)],
            AnchorLogs = [.. provider.GetRequiredService<IReadOnlyList<IAnchor>>().Where(static a => a is not FolderAnchor)],
        };
    }
}
