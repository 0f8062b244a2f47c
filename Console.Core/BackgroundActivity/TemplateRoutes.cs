namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Which routes the idle lines of one template follow, and after how long; learned where a request is alone, so that nothing
/// else can explain the line. Times are in nanoseconds.
/// </summary>
internal sealed class TemplateRoutes
{
    private const int FewestRequests = 8;
    private const double NearlyAlways = 0.9;
    private const double MostOfTheTime = 0.7;
    private const double NearlyNever = 0.05;

    // A line that comes as often just before such requests as after them does not follow them.
    private const double ByChance = 0.2;
    private const long ShortestReach = Rules.Second;
    private const long LongestReach = 60 * Rules.Second;

    private readonly HashSet<int> _followed = [];
    private readonly HashSet<int> _neverFollowed = [];

    private TemplateRoutes()
    {
    }

    /// <summary>Shortest and longest usual delay after the end.</summary>
    public long Least { get; private set; }

    public long Most { get; private set; }

    /// <summary>Lines of the template that each request writes.</summary>
    public int LinesPerRequest { get; private set; }

    public bool IsFollowed(int route) => _followed.Contains(route);

    /// <summary>True unless the requests of that route are known to write no such line.</summary>
    public bool MayFollow(int route) => !_neverFollowed.Contains(route);

    /// <summary>Null when the template follows no route each time.</summary>
    /// <param name="places">The instances with lines of the template.</param>
    /// <param name="lastTime">End of the input: what comes later is not known.</param>
    public static TemplateRoutes? Learn(IReadOnlyList<TemplateLines> places, long lastTime)
    {
        var tails = new List<long>();
        foreach (var place in places)
        {
            foreach (var time in place.Times)
            {
                var at = place.Requests.From(time) - 1;
                if (at >= 0)
                {
                    tails.Add(time - place.Requests.Ends[at]);
                }
            }
        }

        if (tails.Count < FewestRequests)
        {
            return null;
        }

        tails.Sort();
        var reach = Math.Clamp(2 * tails[(int)(tails.Count * NearlyAlways)], ShortestReach, LongestReach);
        return new TemplateRoutes().Count(places, reach, lastTime);
    }

    /// <summary>
    /// Asked before (all) texts are read: is there a route at all that is followed by any of these lines most of the time?
    /// Without one, no template follows a route each time.
    /// </summary>
    public static bool MayBeFound(IReadOnlyList<TemplateLines> places, long lastTime)
    {
        if (places.Sum(p => p.Times.Count) < FewestRequests)
        {
            return false;
        }

        for (var reach = ShortestReach; ; reach *= 2)
        {
            var counts = CountRoutes(places, Math.Min(reach, LongestReach), lastTime);
            if (counts.Values.Any(c => c.Alone >= FewestRequests && c.LineCounts.Count >= MostOfTheTime * c.Alone))
            {
                return true;
            }

            if (reach >= LongestReach)
            {
                return false;
            }
        }
    }

    private static SortedDictionary<int, RouteCount> CountRoutes(IReadOnlyList<TemplateLines> places, long reach, long lastTime)
    {
        var routes = new SortedDictionary<int, RouteCount>();
        foreach (var place in places)
        {
            for (var i = 0; i < place.Requests.Ends.Length; i++)
            {
                var end = place.Requests.Ends[i];
                var route = place.Requests.Routes[i];
                if (route == RoutePatterns.Unknown || end > lastTime - reach || !place.Requests.IsAlone(i, reach))
                {
                    continue;
                }

                if (!routes.TryGetValue(route, out var count))
                {
                    routes[route] = count = new RouteCount();
                }

                var start = place.Requests.StartOf(i);
                count.Alone++;
                count.Before += place.First(start - reach) < place.First(start) ? 1 : 0;
                var first = place.First(end + 1);
                var last = place.First(end + reach + 1);
                if (last > first)
                {
                    count.LineCounts.Add(last - first);
                    for (var at = first; at < last; at++)
                    {
                        count.Delays.Add(place.Times[at] - end);
                    }
                }
            }
        }

        return routes;
    }

    private TemplateRoutes? Count(IReadOnlyList<TemplateLines> places, long reach, long lastTime)
    {
        var delays = new List<long>();
        var lineCounts = new List<int>();
        foreach (var (route, count) in CountRoutes(places, reach, lastTime))
        {
            var after = count.LineCounts.Count;
            if (count.Alone < FewestRequests)
            {
                continue;
            }

            if (after >= NearlyAlways * count.Alone && count.Before <= ByChance * after)
            {
                _followed.Add(route);
                delays.AddRange(count.Delays);
                lineCounts.AddRange(count.LineCounts);
            }
            else if (after <= NearlyNever * count.Alone)
            {
                _neverFollowed.Add(route);
            }
        }

        return _followed.Count > 0 && SetUsual(delays, lineCounts) && ExplainsLines(places) ? this : null;
    }

    private bool SetUsual(List<long> delays, List<int> lineCounts)
    {
        delays.Sort();
        lineCounts.Sort();
        LinesPerRequest = lineCounts[lineCounts.Count / 2];
        Least = (long)(0.9 * delays[delays.Count / 50]);
        Most = (long)(1.1 * delays[delays.Count - 1 - (delays.Count / 50)]);
        return lineCounts.Count(n => n == LinesPerRequest) >= NearlyAlways * lineCounts.Count;
    }

    /// <summary>Nearly every line has a request that it may follow.</summary>
    private bool ExplainsLines(IReadOnlyList<TemplateLines> places)
    {
        long lines = 0;
        long explained = 0;
        foreach (var place in places)
        {
            foreach (var time in place.Times)
            {
                lines++;
                for (var i = place.Requests.From(time - Most); i < place.Requests.Ends.Length && place.Requests.Ends[i] <= time - Least; i++)
                {
                    if (MayFollow(place.Requests.Routes[i]))
                    {
                        explained++;
                        break;
                    }
                }
            }
        }

        return explained >= NearlyAlways * lines;
    }

    private sealed class RouteCount
    {
        public int Alone { get; set; }

        /// <summary>How often a line came in the same stretch before the request.</summary>
        public int Before { get; set; }

        public List<int> LineCounts { get; } = [];

        public List<long> Delays { get; } = [];
    }
}
