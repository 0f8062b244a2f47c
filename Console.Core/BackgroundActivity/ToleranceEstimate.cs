namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// The tolerance of one instance, from its own data: how late the web server's access lines come after the ends of their
/// requests, and how early joined entries come before the starts of theirs (that is the difference of two clocks and
/// cannot be background work). Twice the 95th percentile of each, the larger of the two, within floor and ceiling.
/// Joined entries after an end count only where they crowd just behind it, as a handler's last line does: late work, which is spread over seconds,
/// would else widen the tolerance until it hid itself.
/// </summary>
internal sealed class ToleranceEstimate
{
    /// <summary>Fewer samples than this say nothing.</summary>
    public const int FewestSamples = 8;

    private readonly List<long> _accessDelays = [];
    private readonly List<long> _leads = [];
    private readonly List<long> _follows = [];
    private int _followsLater;

    // So many times as many in the first 50 ms as in the 200 ms after them: spread evenly, it would be a quarter.
    private const int CrowdsTimes = 8;

    /// <summary>The rule in one sentence, for results.</summary>
    public const string RuleText =
        "Per instance, twice the 95th percentile of how far access lines follow their requests' ends and joined entries precede their requests' starts; "
        + "the same for joined entries just behind their requests' ends, where nearly all of the first quarter second lie in its first 50 ms; "
        + "at least 20 ms after an end taken from the write time and 50 ms after one taken from timestamp + latency, at most 250 ms.";

    public void Clear()
    {
        _accessDelays.Clear();
        _leads.Clear();
        _follows.Clear();
        _followsLater = 0;
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

    /// <summary>A joined entry that followed its request's end; later than the ceiling says nothing.</summary>
    public void AddFollow(long ns)
    {
        if (ns > 0 && ns <= Rules.LatencyFloor)
        {
            _follows.Add(ns);
        }
        else if (ns > 0 && ns <= Rules.ToleranceCeiling)
        {
            _followsLater++;
        }
    }

    public Tolerances Result()
    {
        var estimate = Math.Max(TwiceP95(_accessDelays), TwiceP95(_leads));
        if (_follows.Count >= CrowdsTimes * _followsLater)
        {
            estimate = Math.Max(estimate, TwiceP95(_follows));
        }

        estimate = Math.Min(Rules.ToleranceCeiling, estimate);
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
