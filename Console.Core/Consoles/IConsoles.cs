namespace OpsConsole.Core.Consoles;

/// <summary>
/// The consoles that run on one database. What one has in hand (a change on its way, a bulk, a gradual move) carries its name on the record;
/// whoever finds it asks here whether that console still runs: if so it is left alone, if not it is taken over.
/// </summary>
public interface IConsoles
{
    /// <summary>What this one is called: a new name at every start, so that what an earlier start left behind belongs to nobody that runs.</summary>
    string Name { get; }

    /// <summary>Names of those that run now; this one is always among them.</summary>
    /// <exception cref="AuditTrail.AuditUnavailableException">The database cannot be asked: nobody is taken for gone then.</exception>
    Task<IReadOnlySet<string>> LivingAsync(CancellationToken cancellationToken);
}
