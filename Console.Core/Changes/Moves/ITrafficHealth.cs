using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Moves;

/// <summary>Whether a revision bears the traffic that it was given.</summary>
public interface ITrafficHealth
{
    /// <summary>Why a move must not go on, in a sentence; null where nothing stands against it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="revision">Short name; empty for the latest ready revision.</param>
    /// <param name="since">Since when it has the share of the last step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<string?> WhyStopAsync(ResourceName service, string revision, DateTimeOffset since, CancellationToken cancellationToken);
}
