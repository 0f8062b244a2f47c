using System.Collections.Concurrent;
using System.Text.Json;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google.Wire;

namespace OpsConsole.Core.Google;

/// <summary>
/// The regions of a project, from v1 <c>locations</c> (v2 has no such list over REST), kept for ten seconds so that the
/// lists of one screen ask once.
/// </summary>
internal sealed class RegionCatalog(GoogleConnection connection, GoogleTransport transport, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, (long At, IReadOnlyList<string> Regions)> _known = new(StringComparer.Ordinal);

    public async Task<CloudResult<IReadOnlyList<string>>> ListAsync(string project, CancellationToken cancellationToken)
    {
        if (connection.Regions.Count > 0)
        {
            return CloudResult<IReadOnlyList<string>>.Ok(connection.Regions);
        }

        if (_known.TryGetValue(project, out var known) && time.GetElapsedTime(known.At) < Kept)
        {
            return CloudResult<IReadOnlyList<string>>.Ok(known.Regions);
        }

        List<string> regions = [];
        HashSet<string> tokens = new(StringComparer.Ordinal);
        var pageToken = "";
        do
        {
            var query = pageToken.Length == 0 ? "" : $"&pageToken={Uri.EscapeDataString(pageToken)}";
            var answer = await transport.SendAsync(
                new GoogleCall(
                    HttpMethod.Get,
                    new Uri(connection.CloudRunBaseAddress, $"v1/projects/{Uri.EscapeDataString(project)}/locations?pageSize=100{query}"),
                    $"Cloud Run of {project}",
                    "run.locations.list",
                    $"project {project}"),
                cancellationToken);
            if (answer.Error is not null)
            {
                return answer.Error;
            }

            try
            {
                var page = ListPage.Read(answer.Body, "locations");
                regions.AddRange(page.Items
                    .Select(static item => JsonSerializer.Deserialize(item.Span, WireJson.Default.LocationWire)?.LocationId)
                    .OfType<string>()
                    .Where(static id => id.Length > 0));
                pageToken = page.NextPageToken;
                if (pageToken.Length > 0 && !tokens.Add(pageToken))
                {
                    return new CloudRunError.BadAnswer($"Cloud Run of {project}", "the list of regions goes round in circles: a page token came twice.");
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                return new CloudRunError.BadAnswer($"Cloud Run of {project}", $"{GoogleErrors.Describe(answer.Body)}.");
            }
        }
        while (pageToken.Length > 0);

        regions = [.. regions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _known[project] = (time.GetTimestamp(), regions);
        return CloudResult<IReadOnlyList<string>>.Ok(regions);
    }
}
