namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>
/// Gives each request of one trace an event of its own. One event proves one request: a retry that carries the same trace needs a
/// second one. As many requests as possible get one (a largest matching, found by augmenting paths: H. W. Kuhn, 1955), so that
/// nothing is called missing that could be explained; events that name the request's span, or happened while it ran, go to it first.
/// </summary>
internal static class TraceMatching
{
    /// <summary>The event of each request, by position; null for those that are left without.</summary>
    /// <param name="requests">Requests of one trace, by start.</param>
    /// <param name="events">Events of that trace, by the time that counts.</param>
    public static EventFact?[] Match(IReadOnlyList<RequestFact> requests, IReadOnlyList<EventFact> events)
    {
        var owner = new int[events.Count];
        Array.Fill(owner, -1);
        var given = new bool[requests.Count];
        Give(requests, events, owner, given, static (request, fact) => request.SpanId is { } span && fact.SpanId == span);
        Give(requests, events, owner, given, static (request, fact) => fact.Time >= request.Start && fact.Time <= request.End);

        // Requests that ask for the same are alike: where one of them found no event, the others need not be tried. A load test
        // with one trace id for a million requests stays linear.
        HashSet<(string Action, string Service)> hopeless = [];
        for (var r = 0; r < requests.Count; r++)
        {
            var kind = (requests[r].Rule.Action, requests[r].Revision.Service);
            if (!given[r] && !hopeless.Contains(kind) && !Augment(r, requests, events, owner, new bool[events.Count]))
            {
                hopeless.Add(kind);
            }
        }

        var result = new EventFact?[requests.Count];
        for (var e = 0; e < events.Count; e++)
        {
            if (owner[e] >= 0)
            {
                result[owner[e]] = events[e];
            }
        }

        return result;
    }

    /// <summary>Whether an event is what a request's rule asks for, from the service that answered it or from nobody named.</summary>
    internal static bool Fits(RequestFact request, EventFact fact) =>
        (fact.Service is null || fact.Service == request.Revision.Service) && request.Rule.Accepts(fact.Action);

    private static void Give(
        IReadOnlyList<RequestFact> requests, IReadOnlyList<EventFact> events, int[] owner, bool[] given, Func<RequestFact, EventFact, bool> belongs)
    {
        // Events by time, requests by start: a pointer would do for one rule, but traces are short and rules differ.
        for (var r = 0; r < requests.Count; r++)
        {
            for (var e = 0; e < events.Count && !given[r]; e++)
            {
                if (owner[e] < 0 && belongs(requests[r], events[e]) && Fits(requests[r], events[e]))
                {
                    owner[e] = r;
                    given[r] = true;
                }
            }
        }
    }

    // Without recursion: a trace may have thousands of requests, and the path through them may be as long.
    private static bool Augment(int start, IReadOnlyList<RequestFact> requests, IReadOnlyList<EventFact> events, int[] owner, bool[] seen)
    {
        var path = new Stack<(int Request, int Event)>();
        path.Push((start, -1));
        while (path.TryPop(out var at))
        {
            // One that nobody has, if there is one: then nobody has to move, and events stay in the order of their requests.
            var next = at.Event < 0 ? Next(requests[at.Request], events, seen, 0, owner) : -1;
            next = next < 0 ? Next(requests[at.Request], events, seen, at.Event + 1, null) : next;
            if (next < 0)
            {
                continue;
            }

            seen[next] = true;
            path.Push((at.Request, next));
            if (owner[next] < 0)
            {
                foreach (var (request, e) in path)
                {
                    owner[e] = request;
                }

                return true;
            }

            path.Push((owner[next], -1));
        }

        return false;
    }

    private static int Next(RequestFact request, IReadOnlyList<EventFact> events, bool[] seen, int from, int[]? owner)
    {
        for (var e = from; e < events.Count; e++)
        {
            if (!seen[e] && (owner is null || owner[e] < 0) && Fits(request, events[e]))
            {
                return e;
            }
        }

        return -1;
    }
}
