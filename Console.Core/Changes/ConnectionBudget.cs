using System.Globalization;

namespace OpsConsole.Core.Changes;

/// <summary>
/// Database connections that the instances of a service may take. Cloud Run may exceed the maximum of instances for a short time
/// (https://cloud.google.com/run/docs/configuring/max-instances), and during a deployment a revision's own maximum counts for the
/// old and the new one each: both are in the arithmetic.
/// </summary>
/// <param name="PoolSize">Connections that one instance opens at most.</param>
/// <param name="DatabaseLimit">Connections that the database gives this service.</param>
public sealed record ConnectionBudget(int PoolSize, int DatabaseLimit)
{
    /// <summary>How far a spike may go beyond the maximum: the documents name no number, a tenth (and at least one instance) is assumed.</summary>
    private const int SpikePart = 10;

    /// <summary>Instances that may exist at once.</summary>
    /// <param name="maximum">The maximum in effect.</param>
    /// <param name="ofService">True where the service has a maximum of its own, which holds for all revisions together.</param>
    public static int Peak(int maximum, bool ofService)
    {
        var deployed = ofService ? maximum : 2 * maximum;
        return deployed + Math.Max(1, (deployed + SpikePart - 1) / SpikePart);
    }

    /// <summary>The largest service-level maximum that stays within the limit; 0 where not even one instance does.</summary>
    public int LargestSafeMaximum()
    {
        var maximum = DatabaseLimit / Math.Max(1, PoolSize);
        while (maximum > 0 && (long)Peak(maximum, ofService: true) * PoolSize > DatabaseLimit)
        {
            maximum--;
        }

        return maximum;
    }

    /// <summary>The arithmetic, where the limit is exceeded; null where it is kept.</summary>
    public string? Exceeded(int maximum, bool ofService)
    {
        var peak = Peak(maximum, ofService);
        var needed = (long)peak * PoolSize;
        return needed <= DatabaseLimit ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"The database may run out of connections: up to {maximum} instances, {(ofService ? "" : "twice that while old and new revision overlap, ")}and about a tenth more in spikes, make {peak} × {PoolSize} = {needed:N0} connections; the limit is {DatabaseLimit:N0}.");
    }
}
