using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>Where no receipts are made.</summary>
public sealed class NoVerdicts : IChangeVerdicts
{
    /// <inheritdoc />
    public bool AreMade => false;

    /// <inheritdoc />
    public Task<ChangeVerdict?> FindAsync(ResourceName resource, string changeId, CancellationToken cancellationToken) => Task.FromResult<ChangeVerdict?>(null);
}
