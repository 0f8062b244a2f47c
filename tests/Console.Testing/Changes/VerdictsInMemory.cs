using System.Collections.Concurrent;
using OpsConsole.Core.Changes;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Testing.Changes;

/// <summary>Verdicts on changes as a test gives them, by the service that was changed.</summary>
public sealed class VerdictsInMemory : IChangeVerdicts
{
    private readonly ConcurrentDictionary<string, ChangeVerdict> _verdicts = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public TimeSpan Within => TimeSpan.FromSeconds(60);

    /// <summary>Gives the receipt of a service's change its verdict.</summary>
    public void Set(ResourceName service, ChangeVerdict verdict) => _verdicts[service.Value] = verdict;

    /// <inheritdoc />
    public Task<ChangeVerdict?> FindAsync(ResourceName resource, string changeId, CancellationToken cancellationToken) =>
        Task.FromResult(_verdicts.GetValueOrDefault(resource.Value));
}
