namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>Seals and signs what waits while no console runs: for verbs of the command line.</summary>
/// <param name="store">Where.</param>
/// <param name="sealer">Who.</param>
/// <param name="keys">Whose keys.</param>
public sealed class WaitingEvents(ISealStore store, Sealer sealer, LogKeys keys)
{
    /// <summary>Seals all that waits now.</summary>
    /// <returns>True when nothing waits any more; false when another process seals, which takes care of it.</returns>
    /// <exception cref="AuditUnavailableException">The store cannot be written, or the stored log is not the one that was signed.</exception>
    public async Task<bool> SealAsync(CancellationToken cancellationToken)
    {
        await using var session = await store.OpenAsync(cancellationToken);
        if (session is null)
        {
            return false;
        }

        var state = await session.LoadAsync(cancellationToken);
        if (SealGuard.WhyNot(state, keys) is { } why)
        {
            throw new AuditUnavailableException(why);
        }

        // The first checkpoint need not wait for the time of the next one: nobody comes after this.
        var run = new SealRun(state) { CheckpointAt = null };
        do
        {
            while (await sealer.PassAsync(session, run, cancellationToken))
            {
                run.CheckpointAt = null;
            }

            run.CheckpointAt = null;
        }
        while ((await session.BacklogAsync(cancellationToken)).Count > 0 || run.CheckpointSize < run.Tiles.Size);
        return true;
    }
}
