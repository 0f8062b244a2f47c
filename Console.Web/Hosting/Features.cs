using OpsConsole.Core;
using OpsConsole.Web.Access;
using OpsConsole.Web.Admin;
using OpsConsole.Web.AuditTrail.Anchoring;
using OpsConsole.Web.AuditTrail.Api;
using OpsConsole.Web.AuditTrail.Books;
using OpsConsole.Web.AuditTrail.Browsing;
using OpsConsole.Web.AuditTrail.Completeness;
using OpsConsole.Web.AuditTrail.Evidence;
using OpsConsole.Web.AuditTrail.Ingestion;
using OpsConsole.Web.AuditTrail.Retention;
using OpsConsole.Web.AuditTrail.Sealing;
using OpsConsole.Web.AuditTrail.Tlog;
using OpsConsole.Web.AuditTrail.Verifying;
using OpsConsole.Web.BackgroundActivity;
using OpsConsole.Web.Changes;
using OpsConsole.Web.Changes.Receipts;
using OpsConsole.Web.Consoles;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Hosting;

/// <summary>The list of features: each adds what it needs and maps its endpoints. One line a feature.</summary>
internal static class Features
{
    /// <summary>Registers all features.</summary>
    /// <param name="services">Where.</param>
    /// <param name="settings">Checked settings.</param>
    /// <param name="simulator">Address of the simulated project in demo mode, else null.</param>
    public static void Add(IServiceCollection services, ConsoleSettings settings, Uri? simulator)
    {
        services.AddConsoles();
        services.AddOpsConsoleCore(GoogleWiring.Connection(settings, simulator));
        services.AddFleet();
        services.AddScoped<ViewerClock>();
        services.AddLive();
        services.AddOutsiders(settings);
        services.AddSealedAuditTrail(settings);
        services.AddAuditBrowsing();
        services.AddAuditApi();
        services.AddSingleton<DemoLedger>();
        services.AddVerifying(settings);
        services.AddEvidence();
        services.AddRetention(settings);
        services.AddIngestion(settings);
        services.AddBooks();
        services.AddBackground(settings);
        services.AddCompleteness();
        services.AddChanges(settings);
        services.AddReceipts(settings);
        services.AddAdmin();
    }

    /// <summary>Maps the HTTP endpoints of all features (pages map themselves).</summary>
    public static void Map(WebApplication app)
    {
        app.MapBackground();
        app.MapAuditBrowsing();
        app.MapAuditApi();
        app.MapTlog();
        app.MapVerifying();
        app.MapEvidence();
        app.MapCompleteness();
        app.MapBooks();
    }
}
