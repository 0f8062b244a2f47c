using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>Where no receipts are made.</summary>
public sealed class NoVerdicts : IChangeVerdicts
{
    /// <inheritdoc />
    public TimeSpan Within => TimeSpan.Zero;

    /// <inheritdoc />
    public Task<ChangeVerdict?> FindAsync(ResourceName resource, string changeId, CancellationToken cancellationToken) => Task.FromResult<ChangeVerdict?>(null);
}
