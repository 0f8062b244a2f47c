using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload.Auditing;

namespace OpsConsole.Web.Simulator.Workload;

/// <summary>What the parts of one service's simulation share.</summary>
internal sealed class ServiceWorld(
    WorkloadService service, ServiceBehaviour behaviour, EventQueue queue, EntryWriter writer, AuditOutbox outbox, Seeded random, Callers callers, Action<string, SimRequest> call)
{
    private readonly Dictionary<string, LogResource> resources = new(StringComparer.Ordinal);

    public string Project => service.Project;

    public string Location => service.Location;

    public string Name => service.Name;

    public ServiceBehaviour Behaviour => behaviour;

    public EventQueue Queue => queue;

    public EntryWriter Writer => writer;

    public Seeded Random => random;

    public Callers Callers => callers;

    public TruthLedger Truth { get; } = new();

    /// <summary>Calls another service of the project on behalf of a request.</summary>
    public Action<string, SimRequest> Call => call;

    /// <summary>The database transaction that holds an audit record commits.</summary>
    public void Commit(AuditWrite record)
    {
        record.Commit(queue.Now);
        outbox.Add(queue.Now, new AuditEntry(Name, AuditEventJson.Of(record)));
    }

    public string Host => $"{service.Name}-415926535897.{service.Location}.run.app";

    public LogResource Resource(string revision)
    {
        if (!resources.TryGetValue(revision, out var resource))
        {
            resources[revision] = resource = LogResource.CloudRunRevision(service.Project, service.Location, service.Name, revision);
        }

        return resource;
    }
}
