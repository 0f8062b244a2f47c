using System.Globalization;

namespace OpsConsole.Core.Changes;

/// <summary>
/// Database connections that the instances of a service may take. Cloud Run may exceed the maximum of instances for a short time
/// (https://cloud.google.com/run/docs/configuring/max-instances), and during a deployment the old and the new revision run side by
/// side, each up to its own maximum: both are in the arithmetic.
/// </summary>
/// <param name="PoolSize">Connections that one instance opens at most.</param>
/// <param name="DatabaseLimit">Connections that the database gives this service.</param>
public sealed record ConnectionBudget(int PoolSize, int DatabaseLimit)
{
    /// <summary>Highest pool size that can be set.</summary>
    public const int MostPerInstance = 10_000;

    /// <summary>Highest limit that can be set.</summary>
    public const int MostOfDatabase = 1_000_000;

    /// <summary>How far a spike may go beyond the maximum: the documents name no number, a tenth (and at least one instance) is assumed.</summary>
    private const int SpikePart = 10;

    /// <summary>Instances that may exist at once: those of a deployment, and a spike on top.</summary>
    /// <param name="serviceMaximum">Maximum of the service, which holds for all revisions together; 0 where none is set.</param>
    /// <param name="revisionMaximum">Maximum of each revision.</param>
    public static int Peak(int serviceMaximum, int revisionMaximum)
    {
        var deployed = Deployed(serviceMaximum, revisionMaximum);
        return deployed + Math.Max(1, (deployed + SpikePart - 1) / SpikePart);
    }

    /// <summary>The largest service-level maximum that stays within the limit; 0 where not even one instance does.</summary>
    public int LargestSafeMaximum()
    {
        var maximum = DatabaseLimit / Math.Max(1, PoolSize);
        while (maximum > 0 && !Fits(Peak(maximum, maximum)))
        {
            maximum--;
        }

        return maximum;
    }

    /// <summary>The largest manual count that stays within the limit: a deployment starts the new instances before the old ones stop.</summary>
    public int LargestSafeCount() => DatabaseLimit / (2 * Math.Max(1, PoolSize));

    /// <summary>The arithmetic, where the limit is exceeded; null where it is kept.</summary>
    /// <param name="serviceMaximum">Maximum of the service; 0 where none is set.</param>
    /// <param name="revisionMaximum">Maximum of each revision.</param>
    public string? Exceeded(int serviceMaximum, int revisionMaximum)
    {
        var peak = Peak(serviceMaximum, revisionMaximum);
        return Fits(peak) ? null : $"The database may run out of connections: {Arithmetic(serviceMaximum, revisionMaximum)}";
    }

    /// <summary>The same for instances that are counted by hand.</summary>
    /// <param name="count">How many are kept.</param>
    public string? ExceededBy(int count) => Fits(2 * (long)count) ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"The database may run out of connections: {count} instances, twice that while the old and the new ones of a deployment overlap, make {2L * count} × {PoolSize} = {2L * count * PoolSize:N0} connections; the limit is {DatabaseLimit:N0}.");

    /// <summary>The arithmetic in a sentence, exceeded or not.</summary>
    public string Arithmetic(int serviceMaximum, int revisionMaximum)
    {
        var deployed = Deployed(serviceMaximum, revisionMaximum);
        var peak = Peak(serviceMaximum, revisionMaximum);
        var overlap = deployed > revisionMaximum && deployed != serviceMaximum
            ? string.Create(CultureInfo.InvariantCulture, $"up to {revisionMaximum} instances, twice that while old and new revision overlap, ")
            : string.Create(CultureInfo.InvariantCulture, $"up to {deployed} instances, ");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{overlap}and about a tenth more in spikes, make {peak} × {PoolSize} = {(long)peak * PoolSize:N0} connections; the limit is {DatabaseLimit:N0}.");
    }

    private static int Deployed(int serviceMaximum, int revisionMaximum) =>
        serviceMaximum > 0 ? Math.Min(serviceMaximum, 2 * revisionMaximum) : 2 * revisionMaximum;

    private bool Fits(long instances) => instances * PoolSize <= DatabaseLimit;
}
