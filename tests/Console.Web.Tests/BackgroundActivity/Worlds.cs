using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;
using OpsConsole.Testing.BackgroundActivity;

namespace OpsConsole.Web.Tests.BackgroundActivity;

/// <summary>Small analysed worlds that several tests look at.</summary>
internal static class Worlds
{
    /// <summary>The revision that <see cref="LogWorld"/> writes unless told otherwise.</summary>
    public static readonly RevisionKey Checkout7 = new("acme-prod", "europe-west1", "checkout", "checkout-00007-abc");

    /// <summary>A second of the world.</summary>
    public static DateTimeOffset At(double second) => LogWorld.Epoch.AddSeconds(second);

    /// <summary>Analyses a world; the billing holds for all its revisions, null means not known.</summary>
    public static Analysis Analyse(LogWorld world, BillingMode? billing = BillingMode.RequestBased)
    {
        var table = world.ToTable();
        var settings = billing is { } mode ? table.Revisions.ToDictionary(static key => key, _ => new RevisionSettings(mode, 80)) : [];
        return Correlator.Analyse(table, new CorrelatorOptions { Settings = settings }, CancellationToken.None);
    }

    /// <summary>
    /// POST /orders ends at 10.5 s and writes again at 14 s, while GET /slow (12 to 15 s) holds CPU; GET /fast follows at 13 s.
    /// </summary>
    public static LogWorld LateOrder(string lateText = "audit commit 17")
    {
        var world = new LogWorld();
        world.Request("i1", 10, 0.5, LogWorld.Trace(1), route: "POST /orders?id=1");
        world.Line("i1", 10.2, "charge card", LogWorld.Trace(1));
        world.Line("i1", 14, lateText, LogWorld.Trace(1));
        world.Request("i1", 12, 3, LogWorld.Trace(2), route: "GET /slow");
        world.Request("i1", 13, 0.2, LogWorld.Trace(3), route: "GET /fast");
        return world;
    }
}
