using OpsConsole.Web.Simulator.Workload;

namespace OpsConsole.Web.Tests.Simulator.Workload;

/// <summary>A fleet that a test sets up and changes.</summary>
internal sealed class TestFleet : IWorkloadFleet
{
    private readonly Dictionary<string, WorkloadService> services = new(StringComparer.Ordinal);

    public TestFleet(params WorkloadService[] services)
    {
        foreach (var service in services)
        {
            this.services[service.Name] = service;
        }
    }

    public event Action<string>? ServiceChanged;

    public IReadOnlyList<WorkloadService> Snapshot() => [.. services.Values];

    /// <summary>Replaces a service and says so.</summary>
    public void Set(WorkloadService service)
    {
        services[service.Name] = service;
        ServiceChanged?.Invoke(service.Name);
    }

    public void Delete(string name)
    {
        services.Remove(name);
        ServiceChanged?.Invoke(name);
    }

    /// <summary>The demo project's twelve services, with the settings that matter here.</summary>
    public static TestFleet Demo(DateTimeOffset now) => new(
        Service("checkout", "europe-west1", One("checkout", now)),
        Service("accounts", "europe-west1", One("accounts", now)),
        Service("telemetry", "us-central1", One("telemetry", now)),
        Service("catalog", "europe-west1", One("catalog", now)),
        Service("billing", "us-central1", One("billing", now) with { CpuIdle = false }),
        Service("search", "us-central1", One("search", now) with { MaxInstances = 3, Concurrency = 4 }),
        Service("thumbnails", "asia-northeast1", One("thumbnails", now)),
        Service("reports", "asia-northeast1", One("reports", now) with { MemoryMiB = 2048 }),
        Service("pricing", "europe-west1", One("pricing", now), One("pricing", now, 2) with { Percent = 0 }),
        Service("partner-gateway", "us-central1", One("partner-gateway", now) with { ManualInstances = 2 }),
        Service("webhooks", "europe-west1", One("webhooks", now) with { Percent = 90 }, One("webhooks", now, 2) with { Percent = 10 }),
        Service("storefront", "asia-northeast1", One("storefront", now) with { MinInstances = 1, Concurrency = 250 }));

    public static WorkloadService Service(string name, string location, params WorkloadRevision[] revisions) =>
        new("acme-prod", location, name, revisions);

    /// <summary>A revision of two days ago with request-based billing and all traffic.</summary>
    public static WorkloadRevision One(string service, DateTimeOffset now, int number = 1) => new(
        $"{service}-{number:D5}-abc",
        100,
        CpuIdle: true,
        StartupCpuBoost: false,
        MinInstances: 0,
        MaxInstances: 20,
        ManualInstances: null,
        Concurrency: 80,
        Cpu: 1,
        MemoryMiB: 512,
        Timeout: TimeSpan.FromSeconds(300),
        Created: now.AddDays(-2).AddMinutes(number),
        ReadyAt: now.AddDays(-2).AddMinutes(number).AddSeconds(9));
}
