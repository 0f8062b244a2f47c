using OpsConsole.Core.AuditTrail.Verification;

namespace OpsConsole.Testing.AuditTrail;

/// <summary>A witness that always says the same.</summary>
public sealed class FixedWitness : IWitnessMonitor
{
    /// <summary>What it says.</summary>
    public WitnessSight Sight { get; set; } = new WitnessSight.Nothing();

    /// <inheritdoc />
    public Task<WitnessSight> LatestAsync(Uri prefix, string origin, CancellationToken cancellationToken) => Task.FromResult(Sight);
}
