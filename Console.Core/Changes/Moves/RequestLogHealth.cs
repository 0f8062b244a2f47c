using System.Globalization;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.Changes.Moves;

/// <summary>
/// Looks at the revision's readiness and at its share of server errors in the request log, against that of the other revisions in the
/// same time. Too few requests stop nothing.
/// </summary>
public sealed class RequestLogHealth(ICloudRun cloudRun, ILogs logs) : ITrafficHealth
{
    /// <summary>Fewer requests than this tell nothing.</summary>
    public const int FewestRequests = 20;

    /// <summary>Share of server errors from which a move stops, where the others have fewer than half of it.</summary>
    public const double MostErrors = 0.05;

    /// <summary>Requests looked at, newest first: two calls of the log's shared quota.</summary>
    private const int MostRequests = 2000;

    /// <inheritdoc />
    public async Task<string?> WhyStopAsync(ResourceName service, string revision, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var read = await cloudRun.GetServiceAsync(service, cancellationToken);
        if (!read.IsOk)
        {
            return read.Error is CloudRunError.NotFound ? "The service was deleted." : null;
        }

        var name = revision.Length > 0 ? revision : read.Value.LatestReadyRevision;
        var found = await cloudRun.GetRevisionAsync(ResourceName.Parse($"{service.Value}/revisions/{name}"), cancellationToken);
        if (found is { IsOk: true, Value.Ready: { State: ConditionState.Failed } failed })
        {
            return $"The revision {name} is not ready any more: {failed.Message}".TrimEnd();
        }

        return await ErrorsAsync(service, name, since, cancellationToken);
    }

    private async Task<string?> ErrorsAsync(ResourceName service, string revision, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var query = new LogQuery
        {
            Project = service.Project,
            NewestFirst = true,
            Filter = string.Create(
                CultureInfo.InvariantCulture,
                $"""
                logName="projects/{service.Project}/logs/run.googleapis.com%2Frequests" resource.type="cloud_run_revision" resource.labels.service_name="{service.Id}" resource.labels.location="{service.Location}" timestamp>="{since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}"
                """),
        };
        int requests = 0, errors = 0, others = 0, otherErrors = 0;
        await foreach (var page in logs.ReadAsync(query, cancellationToken))
        {
            foreach (var entry in page.Entries)
            {
                var failed = entry.HttpRequest?.Status >= 500;
                if (entry.RevisionName == revision)
                {
                    requests++;
                    errors += failed ? 1 : 0;
                }
                else
                {
                    others++;
                    otherErrors += failed ? 1 : 0;
                }
            }

            if (requests + others >= MostRequests)
            {
                break;
            }
        }

        var share = requests == 0 ? 0 : (double)errors / requests;
        var otherShare = others < FewestRequests ? 0 : (double)otherErrors / others;
        return requests >= FewestRequests && share >= MostErrors && share > 2 * otherShare
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{errors} of {requests} requests to {revision} failed with a 5xx status since the last step ({share:P1}), {otherErrors} of {others} to the other revisions.")
            : null;
    }
}
