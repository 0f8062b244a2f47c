using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>What the receipts of changes say, for what must not go on when one is bad: a bulk, a gradual move.</summary>
public interface IChangeVerdicts
{
    /// <summary>How long after a change its receipt is there at the latest; zero where none are made, and waiting would be in vain.</summary>
    TimeSpan Within { get; }

    /// <summary>The verdict on a change; null while there is none.</summary>
    /// <param name="resource">What was changed.</param>
    /// <param name="changeId">Id of its intent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ChangeVerdict?> FindAsync(ResourceName resource, string changeId, CancellationToken cancellationToken);
}
