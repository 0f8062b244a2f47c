namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// The tolerance of one instance, from its own data: how late the web server's access lines come after the ends of their
/// requests, and how early joined entries come before the starts of theirs (that is the difference of two clocks and
/// cannot be background work). Twice the 95th percentile of each, the larger of the two, within floor and ceiling.
/// Joined entries after an end are left out on purpose: late work would widen the tolerance until it hid itself.
/// </summary>
internal sealed class ToleranceEstimate
{
    /// <summary>Fewer samples than this say nothing.</summary>
    public const int FewestSamples = 8;

    private readonly List<long> _accessDelays = [];
    private readonly List<long> _leads = [];

    /// <summary>The rule in one sentence, for results.</summary>
    public const string RuleText =
        "Per instance, twice the 95th percentile of how far access lines follow their requests' ends and joined entries precede their requests' starts; "
        + "at least 20 ms after an end taken from the write time and 50 ms after one taken from timestamp + latency, at most 250 ms.";

    public void Clear()
    {
        _accessDelays.Clear();
        _leads.Clear();
    }

    public void AddAccessDelay(long ns)
    {
        if (ns >= 0 && ns <= Rules.AccessReach)
        {
            _accessDelays.Add(ns);
        }
    }

    public void AddLead(long ns)
    {
        // Longer leads are timestamps that the application rounded, not clocks.
        if (ns >= 0 && ns <= Rules.ToleranceCeiling)
        {
            _leads.Add(ns);
        }
    }

    public Tolerances Result()
    {
        var estimate = Math.Min(Rules.ToleranceCeiling, Math.Max(TwiceP95(_accessDelays), TwiceP95(_leads)));
        return new Tolerances(Math.Max(Rules.WriteTimeFloor, estimate), Math.Max(Rules.LatencyFloor, estimate), Rules.WebSocketFloor);
    }

    private static long TwiceP95(List<long> samples)
    {
        if (samples.Count < FewestSamples)
        {
            return 0;
        }

        samples.Sort();
        return 2 * samples[(int)(0.95 * (samples.Count - 1))];
    }
}
