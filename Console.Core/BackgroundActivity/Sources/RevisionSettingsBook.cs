using System.Collections.Concurrent;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Logs;

namespace OpsConsole.Core.BackgroundActivity.Sources;

/// <summary>Settings of revisions for verdicts, read through Cloud Run and kept for some minutes for all sources of a project.</summary>
internal sealed class RevisionSettingsBook(ICloudRun cloudRun, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    // A revision that the logs name and the book does not was deployed just now, or is deleted: ask again, but not at every poll.
    private static readonly TimeSpan FreshForUnknown = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Page> _pages = new(StringComparer.Ordinal);

    /// <summary>Settings of the revisions of a project; nothing when it is not one of this console's projects. Never throws for failures of Google.</summary>
    /// <param name="project">Project id.</param>
    /// <param name="seen">Revisions that the caller has seen in logs.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<KnownSettings> OfAsync(string project, IEnumerable<RevisionKey> seen, CancellationToken cancellationToken)
    {
        if (!cloudRun.Projects.Contains(project, StringComparer.Ordinal))
        {
            return KnownSettings.None;
        }

        var page = _pages.GetOrAdd(project, static _ => new Page());
        await page.Turn.WaitAsync(cancellationToken);
        try
        {
            var age = page.ReadAt is { } at ? time.GetElapsedTime(at) : TimeSpan.MaxValue;
            if (age > Fresh || (age > FreshForUnknown && seen.Any(key => key.Project == project && !page.Known.Settings.ContainsKey(key))))
            {
                page.Known = await ReadAsync(project, page.Known, cancellationToken);
                page.ReadAt = time.GetTimestamp();
            }

            return page.Known;
        }
        finally
        {
            page.Turn.Release();
        }
    }

    private async Task<KnownSettings> ReadAsync(string project, KnownSettings before, CancellationToken cancellationToken)
    {
        // What was known stays known: a revision never changes, and a region may be unreachable for a moment.
        var settings = before.Settings.ToDictionary(static s => s.Key, static s => s.Value);
        List<string> problems = [];
        var services = await cloudRun.ListServicesAsync(project, cancellationToken);
        problems.AddRange(services.Failures.Select(Sentence));
        foreach (var location in services.Items.Select(static s => s.Name.Location).Distinct(StringComparer.Ordinal))
        {
            var revisions = await cloudRun.ListRevisionsOfRegionAsync(project, location, cancellationToken);
            problems.AddRange(revisions.Failures.Select(Sentence));
            foreach (var revision in revisions.Items)
            {
                // Logs name the project by its id; the API may answer with its number.
                var key = new RevisionKey(project, revision.Name.Location, revision.Name.Parent, revision.Name.Id);
                settings[key] = new RevisionSettings(revision.BillingMode, revision.MaxInstanceRequestConcurrency);
            }
        }

        return new KnownSettings(settings, [.. problems.Distinct(StringComparer.Ordinal)]);
    }

    private static string Sentence(RegionFailure failure) =>
        $"Settings of revisions{(failure.Location.Length > 0 ? $" in {failure.Location}" : "")} could not be read, so verdicts there may say that they cannot tell: {failure.Error.Message}";

    private sealed class Page
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public KnownSettings Known { get; set; } = KnownSettings.None;

        public long? ReadAt { get; set; }
    }
}
