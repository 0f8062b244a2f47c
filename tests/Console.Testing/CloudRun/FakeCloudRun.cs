using OpsConsole.Core.CloudRun;

namespace OpsConsole.Testing.CloudRun;

/// <summary>A fleet in memory that counts how often it is asked, can fail, and can make a caller wait.</summary>
public sealed class FakeCloudRun : ICloudRun
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public IReadOnlyList<string> Projects { get; set; } = [Build.Project];

    /// <summary>What the lists hold.</summary>
    public List<Service> Services { get; } = [];

    /// <summary>Revisions of all services.</summary>
    public List<Revision> Revisions { get; } = [];

    /// <summary>Jobs.</summary>
    public List<Job> Jobs { get; } = [];

    /// <summary>Executions of all jobs.</summary>
    public List<Execution> Executions { get; } = [];

    /// <summary>Worker pools.</summary>
    public List<WorkerPool> WorkerPools { get; } = [];

    /// <summary>Places that lists report as not read.</summary>
    public List<RegionFailure> Failures { get; } = [];

    /// <summary>Where set, every call waits for it (or for its own cancellation).</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>How many calls were given up by their callers.</summary>
    public int Cancelled { get; private set; }

    /// <summary>How often a method was called.</summary>
    public int Calls(string method)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(method);
        }
    }

    /// <inheritdoc />
    public async Task<CloudResult<IReadOnlyList<string>>> ListRegionsAsync(string project, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(ListRegionsAsync), cancellationToken);
        return CloudResultOf(Services.Select(static s => s.Name.Location).Distinct(StringComparer.Ordinal).ToList());
    }

    /// <inheritdoc />
    public async Task<Fleet<Service>> ListServicesAsync(string project, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(ListServicesAsync), cancellationToken);
        return new Fleet<Service>([.. Services.Where(s => s.Name.Project == project)], FailuresOf(project));
    }

    /// <inheritdoc />
    public async Task<CloudResult<Service>> GetServiceAsync(ResourceName service, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(GetServiceAsync), cancellationToken);
        return Failures.FirstOrDefault(f => f.Location.Length == 0) is { } failure ? failure.Error
            : Services.FirstOrDefault(s => s.Name == service) is { } found ? found
            : new CloudRunError.NotFound($"The service {service.Id}");
    }

    /// <inheritdoc />
    public async Task<Fleet<Revision>> ListRevisionsAsync(ResourceName parent, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(ListRevisionsAsync), cancellationToken);
        return new Fleet<Revision>([.. Revisions.Where(r => r.Name.Parent == parent.Id && r.Name.Location == parent.Location)], []);
    }

    /// <inheritdoc />
    public async Task<Fleet<Revision>> ListRevisionsOfRegionAsync(string project, string location, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(ListRevisionsOfRegionAsync), cancellationToken);
        return new Fleet<Revision>([.. Revisions.Where(r => r.Name.Location == location)], []);
    }

    /// <inheritdoc />
    public async Task<CloudResult<Revision>> GetRevisionAsync(ResourceName revision, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(GetRevisionAsync), cancellationToken);
        return Revisions.FirstOrDefault(r => r.Name == revision) is { } found ? found : new CloudRunError.NotFound($"The revision {revision.Id}");
    }

    /// <inheritdoc />
    public async Task<Fleet<Job>> ListJobsAsync(string project, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(ListJobsAsync), cancellationToken);
        return new Fleet<Job>([.. Jobs], FailuresOf(project));
    }

    /// <inheritdoc />
    public async Task<Fleet<Execution>> ListExecutionsAsync(ResourceName job, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(ListExecutionsAsync), cancellationToken);
        return new Fleet<Execution>([.. Executions.Where(e => e.Name.Parent == job.Id)], []);
    }

    /// <inheritdoc />
    public async Task<CloudResult<WorkerPool>> GetWorkerPoolAsync(ResourceName pool, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(GetWorkerPoolAsync), cancellationToken);
        return WorkerPools.FirstOrDefault(p => p.Name == pool) is { } found ? found : new CloudRunError.NotFound($"The worker pool {pool.Id}");
    }

    /// <inheritdoc />
    public async Task<Fleet<WorkerPool>> ListWorkerPoolsAsync(string project, CancellationToken cancellationToken)
    {
        await EnterAsync(nameof(ListWorkerPoolsAsync), cancellationToken);
        return new Fleet<WorkerPool>([.. WorkerPools], FailuresOf(project));
    }

    private static CloudResult<IReadOnlyList<string>> CloudResultOf(List<string> regions) => CloudResult<IReadOnlyList<string>>.Ok(regions);

    private List<RegionFailure> FailuresOf(string project) => [.. Failures.Where(f => f.Project == project)];

    private async Task EnterAsync(string method, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _calls[method] = _calls.GetValueOrDefault(method) + 1;
        }

        if (Gate is { } gate)
        {
            try
            {
                await gate.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Cancelled++;
                throw;
            }
        }
    }
}
