using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.BackgroundActivity.Views;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Costs;

/// <summary>How busy services are, from the live logs that this console holds anyway: no call is made for a plan.</summary>
public sealed class ObservedUsages(AnalysisCatalog catalog, ICloudRun cloudRun)
{
    /// <summary>A shorter stretch says nothing about a month.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(30);

    /// <summary>How busy a service was; null where the logs do not tell (yet), which a plan says.</summary>
    public ObservedUsage? Of(ResourceName service)
    {
        if (service.Collection != "services" || !cloudRun.Projects.Contains(service.Project, StringComparer.Ordinal))
        {
            return null;
        }

        var live = catalog.Live(service.Project);
        if (live is { Current: { } analysis, From: { } from, To: { } to })
        {
            return Of(analysis, service, from, to);
        }

        // Nobody has looked at the logs yet: they are read from now on, and the next plan has a figure.
        live.Subscribe(static () => Task.CompletedTask).Dispose();
        return null;
    }

    /// <summary>The same from an analysis. Pure.</summary>
    /// <param name="analysis">Correlated logs.</param>
    /// <param name="service">The service.</param>
    /// <param name="from">Start of what they cover.</param>
    /// <param name="to">End of it.</param>
    internal static ObservedUsage? Of(Analysis analysis, ResourceName service, DateTimeOffset from, DateTimeOffset to)
    {
        if (to - from < Shortest)
        {
            return null;
        }

        var times = InstanceTime.ByRevision(analysis, UnixTime.ToNs(from), UnixTime.ToNs(to));
        var (busy, alive, requests) = (0.0, 0.0, 0L);
        for (var i = 0; i < times.Length; i++)
        {
            if (analysis.Table.Revisions[i] is var key && key.Service == service.Id && key.Location == service.Location)
            {
                (busy, alive, requests) = (busy + times[i].Busy, alive + times[i].Alive, requests + times[i].Requests);
            }
        }

        return new ObservedUsage(to - from, busy, alive, requests, $"the logs of {Words.Duration((to - from).TotalSeconds)} up to now");
    }
}
