using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google.Wire;

namespace OpsConsole.Core.Google;

/// <summary>
/// Cloud Run Admin API v2 over REST (https://cloud.google.com/run/docs/reference/rest). Google's own .NET client would
/// stand here if the package registry had it: type and field names are its names, so this folder alone would go.
/// </summary>
internal sealed class CloudRunClient(GoogleConnection connection, GoogleTransport transport, TimeProvider time, ILogger<CloudRunClient> logger)
    : ICloudRun
{
    /// <summary>A list that never ends would be a fault of the server: 1,000 resources in each of so many pages is beyond every quota.</summary>
    private const int MostPages = 500;

    private readonly RegionCatalog _regions = new(connection, transport, time);

    public IReadOnlyList<string> Projects => connection.Projects;

    public Task<CloudResult<IReadOnlyList<string>>> ListRegionsAsync(string project, CancellationToken cancellationToken) =>
        _regions.ListAsync(project, cancellationToken);

    public async Task<Fleet<Service>> ListServicesAsync(string project, CancellationToken cancellationToken)
    {
        if (connection.Regions.Count == 0)
        {
            // One call for all regions. The reference says that "-" is not allowed for services, Google's own
            // firebase-tools uses it: try, and go region by region where it is refused.
            var all = await ReadListAsync(Services(project, "-"), cancellationToken);
            if (all.Error is null)
            {
                return new Fleet<Service>([.. all.Items.OrderBy(static s => s.Name.Location, StringComparer.Ordinal)], all.Failures);
            }

            if (all.Error is CloudRunError.NotAuthenticated or CloudRunError.QuotaExceeded)
            {
                return new Fleet<Service>([], [new RegionFailure(project, "", all.Error)]);
            }

            Log.FallingBackToRegions(logger, project, all.Status);
        }

        return await ReadRegionsAsync(project, region => Services(project, region), absentIsEmpty: false, cancellationToken);
    }

    public Task<CloudResult<Service>> GetServiceAsync(ResourceName service, CancellationToken cancellationToken) =>
        GetAsync(service, "run.services.get", WireJson.Default.ServiceWire, WireMapping.ToService, cancellationToken);

    public async Task<Fleet<Revision>> ListRevisionsAsync(ResourceName parent, CancellationToken cancellationToken) =>
        ToFleet(await ReadListAsync(Revisions(parent.Value, parent.Project, parent.Location), cancellationToken), parent.Project, parent.Location);

    public async Task<Fleet<Revision>> ListRevisionsOfRegionAsync(string project, string location, CancellationToken cancellationToken) =>
        ToFleet(
            await ReadListAsync(Revisions(ResourceName.Service(project, location, "-").Value, project, location), cancellationToken),
            project,
            location);

    public Task<CloudResult<Revision>> GetRevisionAsync(ResourceName revision, CancellationToken cancellationToken) =>
        GetAsync(revision, "run.revisions.get", WireJson.Default.RevisionWire, WireMapping.ToRevision, cancellationToken);

    public Task<Fleet<Job>> ListJobsAsync(string project, CancellationToken cancellationToken) =>
        ReadRegionsAsync(
            project,
            region => new ListCall<JobWire, Job>(
                project, region, $"projects/{project}/locations/{region}/jobs", "jobs", "run.jobs.list", WireJson.Default.JobWire, WireMapping.ToJob),
            absentIsEmpty: true,
            cancellationToken);

    public async Task<Fleet<Execution>> ListExecutionsAsync(ResourceName job, CancellationToken cancellationToken) =>
        ToFleet(
            await ReadListAsync(
                new ListCall<ExecutionWire, Execution>(
                    job.Project, job.Location, $"{job.Value}/executions", "executions", "run.executions.list", WireJson.Default.ExecutionWire, WireMapping.ToExecution),
                cancellationToken),
            job.Project,
            job.Location);

    public Task<CloudResult<WorkerPool>> GetWorkerPoolAsync(ResourceName pool, CancellationToken cancellationToken) =>
        GetAsync(pool, "run.workerpools.get", WireJson.Default.WorkerPoolWire, WireMapping.ToWorkerPool, cancellationToken);

    public Task<Fleet<WorkerPool>> ListWorkerPoolsAsync(string project, CancellationToken cancellationToken) =>
        ReadRegionsAsync(
            project,
            region => new ListCall<WorkerPoolWire, WorkerPool>(
                project, region, $"projects/{project}/locations/{region}/workerPools", "workerPools", "run.workerpools.list", WireJson.Default.WorkerPoolWire, WireMapping.ToWorkerPool),
            absentIsEmpty: true,
            cancellationToken);

    private static ListCall<ServiceWire, Service> Services(string project, string region) =>
        new(project, region, $"projects/{project}/locations/{region}/services", "services", "run.services.list", WireJson.Default.ServiceWire, WireMapping.ToService);

    private static ListCall<RevisionWire, Revision> Revisions(string parent, string project, string region) =>
        new(project, region, $"{parent}/revisions", "revisions", "run.revisions.list", WireJson.Default.RevisionWire, WireMapping.ToRevision);

    private static Fleet<T> ToFleet<T>(ListRead<T> read, string project, string location) =>
        new(read.Items, read.Error is null ? read.Failures : [.. read.Failures, new RegionFailure(project, location, read.Error)]);

    /// <summary>Each region by itself, some at a time; what fails is said, what answers is kept.</summary>
    private async Task<Fleet<T>> ReadRegionsAsync<TWire, T>(
        string project, Func<string, ListCall<TWire, T>> callOf, bool absentIsEmpty, CancellationToken cancellationToken)
        where TWire : class
    {
        var regions = await ListRegionsAsync(project, cancellationToken);
        if (!regions.IsOk)
        {
            return new Fleet<T>([], [new RegionFailure(project, "", regions.Error)]);
        }

        var reads = new ListRead<T>[regions.Value.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, reads.Length),
            new ParallelOptions { MaxDegreeOfParallelism = connection.Parallelism, CancellationToken = cancellationToken },
            async (i, token) => reads[i] = await ReadListAsync(callOf(regions.Value[i]), token));

        List<T> items = [];
        List<RegionFailure> failures = [];
        for (var i = 0; i < reads.Length; i++)
        {
            items.AddRange(reads[i].Items);
            failures.AddRange(reads[i].Failures);

            // 501 "Operation is not implemented, or supported, or enabled.": a region without jobs or worker pools.
            if (reads[i].Error is { } error && !(absentIsEmpty && reads[i].Status is 404 or 501))
            {
                failures.Add(new RegionFailure(project, regions.Value[i], error));
            }
        }

        return new Fleet<T>(items, Collapse(project, failures, reads.Length));
    }

    /// <summary>The same permission missing in all regions is one failure of the project, not forty.</summary>
    private static List<RegionFailure> Collapse(string project, List<RegionFailure> failures, int regions)
    {
        if (regions < 2 || failures.Count != regions)
        {
            return failures;
        }

        var first = failures[0].Error;
        return first switch
        {
            CloudRunError.PermissionDenied denied
                when failures.All(f => f.Error is CloudRunError.PermissionDenied other && other.Permission == denied.Permission) =>
                [new RegionFailure(project, "", denied with { Resource = $"project {project}" })],
            CloudRunError.NotAuthenticated when failures.All(static f => f.Error is CloudRunError.NotAuthenticated) =>
                [new RegionFailure(project, "", first)],
            _ => failures,
        };
    }

    private async Task<ListRead<T>> ReadListAsync<TWire, T>(ListCall<TWire, T> list, CancellationToken cancellationToken)
        where TWire : class
    {
        List<T> items = [];
        List<RegionFailure> failures = [];
        var everywhere = list.Region == "-";
        var what = everywhere ? $"Cloud Run of {list.Project}" : $"Cloud Run in {list.Region}";
        var resource = everywhere ? $"project {list.Project}" : $"project {list.Project} in {list.Region}";
        var pageToken = "";
        HashSet<string> tokens = new(StringComparer.Ordinal);
        HashSet<string> names = new(StringComparer.Ordinal);
        for (var page = 0; page < MostPages; page++)
        {
            var query = pageToken.Length == 0 ? "" : $"?pageToken={Uri.EscapeDataString(pageToken)}";
            var answer = await transport.SendAsync(
                new GoogleCall(HttpMethod.Get, new Uri(connection.CloudRunBaseAddress, $"v2/{list.Path}{query}"), what, list.Permission, resource),
                cancellationToken);
            if (answer.Error is not null)
            {
                return new ListRead<T>(items, failures, answer.Error, answer.Status);
            }

            ListPage read;
            try
            {
                read = ListPage.Read(answer.Body, list.Key);
            }
            catch (Exception e) when (IsBadJson(e))
            {
                return new ListRead<T>(items, failures, new CloudRunError.BadAnswer(what, $"{GoogleErrors.Describe(answer.Body)}."), answer.Status);
            }

            failures.AddRange(read.Unreachable.Select(region => new RegionFailure(
                list.Project,
                ResourceName.ShortName(region),
                new CloudRunError.Unavailable($"Cloud Run in {ResourceName.ShortName(region)}", "Google says that the region is unreachable."))));
            var unreadable = 0;
            foreach (var slice in read.Items)
            {
                if (Read(slice, list.Wire, list.Map) is { } item)
                {
                    // What is made while the pages are read pushes the rest on: the last of one page comes again as the first of the next.
                    if (names.Add(NameOf(item)))
                    {
                        items.Add(item);
                    }
                }
                else
                {
                    unreadable++;
                    Log.UnreadableItem(logger, list.Key, what);
                }
            }

            if (unreadable > 0)
            {
                failures.Add(new RegionFailure(
                    list.Project, everywhere ? "" : list.Region, new CloudRunError.BadAnswer(what, $"{unreadable} of its {list.Key} could not be read.")));
            }

            // An empty page with a token is normal: go on.
            if (read.NextPageToken.Length == 0)
            {
                return new ListRead<T>(items, failures, null, answer.Status);
            }

            pageToken = read.NextPageToken;
            if (!tokens.Add(pageToken))
            {
                return new ListRead<T>(items, failures, new CloudRunError.BadAnswer(what, "the list goes round in circles: a page token came twice."), 200);
            }
        }

        return new ListRead<T>(items, failures, new CloudRunError.BadAnswer(what, $"the list did not end after {MostPages} pages."), 200);
    }

    private async Task<CloudResult<T>> GetAsync<TWire, T>(
        ResourceName name, string permission, JsonTypeInfo<TWire> wire, Func<TWire, string, T?> map, CancellationToken cancellationToken)
        where TWire : class
        where T : class
    {
        var what = $"Cloud Run in {name.Location}";
        var answer = await transport.SendAsync(
            new GoogleCall(HttpMethod.Get, new Uri(connection.CloudRunBaseAddress, $"v2/{EscapePath(name.Value)}"), what, permission, name.Value),
            cancellationToken);
        if (answer.Error is not null)
        {
            return answer.Error;
        }

        return Read(answer.Body, wire, map) is { } value
            ? CloudResult<T>.Ok(value)
            : new CloudRunError.BadAnswer(what, $"{GoogleErrors.Describe(answer.Body)}.");
    }

    /// <summary>Null when the bytes are not that resource.</summary>
    private static T? Read<TWire, T>(ReadOnlyMemory<byte> json, JsonTypeInfo<TWire> wire, Func<TWire, string, T?> map)
        where TWire : class
    {
        try
        {
            var parsed = JsonSerializer.Deserialize(json.Span, wire);
            return parsed is null ? default : map(parsed, Encoding.UTF8.GetString(json.Span));
        }
        catch (Exception e) when (IsBadJson(e))
        {
            return default;
        }
    }

    /// <summary>InvalidOperationException: a string that is not UTF-8. The others: numbers and times beyond what they count.</summary>
    private static bool IsBadJson(Exception e) => e is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentException;

    private static string NameOf<T>(T item) => item switch
    {
        Service service => service.Name.Value,
        Revision revision => revision.Name.Value,
        Job job => job.Name.Value,
        Execution execution => execution.Name.Value,
        WorkerPool pool => pool.Name.Value,
        _ => throw new NotSupportedException($"{typeof(T).Name} has no name."),
    };

    /// <summary>A name from an address bar must not become another path: <c>?</c> and <c>#</c> are taken literally, and no name has <c>..</c>.</summary>
    private static string EscapePath(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>What to list, and how to read it.</summary>
    private sealed record ListCall<TWire, T>(
        string Project, string Region, string RawPath, string Key, string Permission, JsonTypeInfo<TWire> Wire, Func<TWire, string, T?> Map)
    {
        public string Path => EscapePath(RawPath);
    }

    /// <summary>What a list brought; with an error, what came before it.</summary>
    private sealed record ListRead<T>(IReadOnlyList<T> Items, IReadOnlyList<RegionFailure> Failures, CloudRunError? Error, int Status);
}
