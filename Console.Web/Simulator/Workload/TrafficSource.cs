namespace OpsConsole.Web.Simulator.Workload;

/// <summary>Makes requests come: sessions as a Poisson process that follows the daily curve, and now and then a crowd.</summary>
internal sealed class TrafficSource(TrafficShape shape, string location, EventQueue queue, Seeded random, Action arrive)
{
    private const double HighestFactor = 1.75;

    private readonly double utcOffset = TrafficShape.UtcOffset(location);

    public void Start()
    {
        if (shape.SessionsPerHour > 0)
        {
            NextSession();
        }

        if (shape.SpikesPerDay > 0)
        {
            NextSpike();
        }
    }

    private void NextSession() => queue.In(SimTime.Of(random.Exponential(3600 / (shape.SessionsPerHour * HighestFactor))), () =>
    {
        // Thinning: candidates come at the highest rate, and are taken with the probability that the hour has.
        if (random.Chance(TrafficShape.DailyFactor(queue.Now, utcOffset) / HighestFactor))
        {
            Session();
        }

        NextSession();
    });

    private void Session()
    {
        arrive();
        var more = random.Exponential(shape.RequestsPerSession - 1);
        long at = 0;
        for (var i = 0; i < (int)Math.Round(more); i++)
        {
            at += SimTime.Of(random.Exponential(shape.Gap));
            queue.In(at, arrive);
        }
    }

    private void NextSpike() => queue.In(SimTime.Of(random.Exponential(86400 / shape.SpikesPerDay)), () =>
    {
        for (var i = 0; i < shape.SpikeSize; i++)
        {
            queue.In(SimTime.Of(random.Between(0.0, 4.0)), arrive);
        }

        NextSpike();
    });
}
