namespace OpsConsole.Web.Simulator.CloudRun.Seed;

/// <summary>What the simulated project consists of.</summary>
internal static class SeededFleet
{
    public static IReadOnlyList<SeededResource> Services { get; } =
    [
        Checkout.Seed, Accounts.Seed, Telemetry.Seed, Catalog.Seed, Billing.Seed, Search.Seed,
        Thumbnails.Seed, Reports.Seed, Pricing.Seed, PartnerGateway.Seed, Webhooks.Seed, Storefront.Seed,
    ];

    public static IReadOnlyList<SeededResource> WorkerPools { get; } = [QueueWorker.Seed];

    public static IReadOnlyList<SeededResource> Jobs { get; } = [NightlyExport.Seed, InvoiceRun.Seed];

    /// <summary>Past executions, oldest first: job, how long ago, how many seconds, how many tasks failed.</summary>
    public static IReadOnlyList<(string Job, TimeSpan Ago, double Seconds, int Failed)> Executions { get; } =
    [
        ("nightly-export", TimeSpan.FromHours(80), 412.6, 0),
        ("invoice-run", TimeSpan.FromHours(70), 96.2, 0),
        ("nightly-export", TimeSpan.FromHours(56), 398.1, 0),
        ("invoice-run", TimeSpan.FromHours(46), 31.4, 1),
        ("nightly-export", TimeSpan.FromHours(32), 455.9, 0),
        ("invoice-run", TimeSpan.FromHours(22), 102.8, 0),
        ("nightly-export", TimeSpan.FromHours(8), 420.3, 0),
    ];
}
