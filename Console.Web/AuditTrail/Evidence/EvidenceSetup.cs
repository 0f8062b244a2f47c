using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Consoles;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.AuditTrail.Evidence;

/// <summary>Evidence bundles as a feature of the host.</summary>
internal static class EvidenceSetup
{
    /// <summary>Registers them; needs verification.</summary>
    public static void AddEvidence(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new EvidenceExporter(
            provider.GetRequiredService<ILedgerSource>(), provider.GetRequiredService<ISealedLog>(), () => Keys(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RecordedExports>();
        services.AddSingleton(static provider => new EvidenceDesk(
            provider.GetRequiredService<RecordedExports>(),
            provider.GetRequiredService<IAuditTrail>(),
            provider.GetRequiredService<ActEvents>(),
            Path.Combine(provider.GetRequiredService<DataFolder>().Path, "evidence"),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IConsoles>(),
            provider.GetRequiredService<ActLimits>()));
    }

    private static EvidenceKeys Keys(IServiceProvider provider)
    {
        var keys = provider.GetRequiredService<LogKeys>();
        return new EvidenceKeys(keys.VerifierKeys, [.. provider.GetRequiredService<Func<VerifyTrust>>()().Witnesses.Select(static w => w.Key)], keys.Signers);
    }
}
