namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Asks witnesses what they have seen.</summary>
public interface IWitnessMonitor
{
    /// <summary>The latest checkpoint that a witness cosigned for a log.</summary>
    /// <param name="prefix">The witness's address, as in a policy file.</param>
    /// <param name="origin">The log.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<WitnessSight> LatestAsync(Uri prefix, string origin, CancellationToken cancellationToken);
}
