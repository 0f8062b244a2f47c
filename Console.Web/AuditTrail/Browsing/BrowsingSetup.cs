using Microsoft.Extensions.DependencyInjection.Extensions;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Browsing;

namespace OpsConsole.Web.AuditTrail.Browsing;

/// <summary>What browsing the audit trail registers.</summary>
internal static class BrowsingSetup
{
    /// <summary>Registers lists, events, proofs and saved views.</summary>
    public static void AddAuditBrowsing(this IServiceCollection services)
    {
        services.TryAddSingleton<LeafProofs>();
        services.TryAddSingleton<Erasures>();
        services.AddSingleton<EventBrowser>().AddSingleton<SavedViews>().AddSingleton<LogReaders>().AddSingleton<ISealedEvents, ProvenEvents>();
    }
}
