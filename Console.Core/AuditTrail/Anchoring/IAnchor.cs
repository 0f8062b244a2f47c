using OpsConsole.Core.AuditTrail.Sealing;

namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>A place outside of the database that keeps a copy of every checkpoint, and never lets go of one.</summary>
public interface IAnchor
{
    /// <summary>Names it in the database and on screens: <c>folder:/var/lib/anchors</c>, <c>log:projects/P/logs/L</c>.</summary>
    string Name { get; }

    /// <summary>At most so many checkpoints go into one call.</summary>
    int Most { get; }

    /// <summary>Adds checkpoints, the smallest first. What is there already is left alone.</summary>
    Task<AnchorAnswer> AddAsync(IReadOnlyList<StoredCheckpoint> checkpoints, CancellationToken cancellationToken);

    /// <summary>What it holds, for verification and to see a database that was set back. Nothing of it is verified.</summary>
    /// <param name="most">At most so many, the largest; an anchor may give all of them when that is as cheap.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<AnchorSight> ReadAsync(int most, CancellationToken cancellationToken);
}
