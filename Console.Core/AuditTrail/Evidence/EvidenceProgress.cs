namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>How far an export is.</summary>
/// <param name="Doing">What is being done, as a phrase.</param>
/// <param name="Done">Leaves written.</param>
/// <param name="Total">Leaves to write.</param>
public sealed record EvidenceProgress(string Doing, long Done, long Total)
{
    /// <summary>0 to 1.</summary>
    public double Fraction => Total == 0 ? 0 : (double)Done / Total;
}
