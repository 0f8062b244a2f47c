using OpsConsole.Core.BackgroundActivity.Templates;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The idle lines of one revision: finds the templates that follow a route, and names the requests that their lines follow.</summary>
internal sealed class RevisionRoutes(AnalysisWork work, int revision)
{
    // Each pass may free candidates for the next.
    private const int MostPasses = 8;

    // Texts are dear. Of more lines than these, the first are read, and the others only when those promise something.
    private const int FewLines = 2000;
    private const int FirstLines = 1000;

    // Requests looked at, over all templates: a second's work or two.
    private const long MostLooks = 100_000_000;

    private readonly RoutePatterns _patterns = new(work.Table);
    private readonly Dictionary<int, EndedRequests> _requests = [];
    private readonly LastEnds _lastEnds = new(work);
    private byte[] _buffer = [];

    /// <param name="lines">All idle lines of the revision.</param>
    /// <param name="lastTime">End of the input.</param>
    /// <param name="cancellationToken">Stops between lines.</param>
    public void Name(List<int> lines, long lastTime, CancellationToken cancellationToken)
    {
        LineOrder.Sort(work.Table, lines);
        if (!IsPromising(lines, lastTime, cancellationToken))
        {
            return;
        }

        var looks = 0L;
        foreach (var draft in Drafts(lines, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Periodicity.PeriodOf(draft) is not null)
            {
                foreach (var (line, _, _, _) in draft.Occurrences)
                {
                    work.Results.Requests.SetProbable(line, -1);
                }

                continue;
            }

            var places = Places(draft.Occurrences.Select(o => o.Line));
            looks += places.Sum(p => (long)p.Requests.Ends.Length);
            if (looks <= MostLooks && TemplateRoutes.Learn(places, lastTime) is { } routes)
            {
                foreach (var place in places)
                {
                    Name(place, routes);
                }
            }
        }
    }

    private bool IsPromising(List<int> lines, long lastTime, CancellationToken cancellationToken)
    {
        var named = lines.Exists(line => work.Results.Requests.ProbableOf(line) >= 0);
        if (named && lines.Count > FewLines && IsOneTimer(lines))
        {
            foreach (var line in lines)
            {
                work.Results.Requests.SetProbable(line, -1);
            }
        }

        if (lines.Count <= FewLines)
        {
            // Among few lines, each text may take the name off a line that a timer wrote.
            return named || TemplateRoutes.MayBeFound(Places(lines), lastTime);
        }

        if (!TemplateRoutes.MayBeFound(Places(lines), lastTime))
        {
            return false;
        }

        var first = lines.GetRange(0, FirstLines);
        var untilTime = work.Table.Lines[first[^1]].TimestampNs;
        return Drafts(first, cancellationToken).Exists(draft =>
            Periodicity.PeriodOf(draft) is not null
            || TemplateRoutes.MayBeFound(Places(draft.Occurrences.Select(o => o.Line)), untilTime));
    }

    /// <summary>True when all lines together keep a pace: whatever they say, none of them is the work of a request.</summary>
    private bool IsOneTimer(List<int> lines)
    {
        var all = new FindingDraft { Revision = revision, Idle = true, Template = 0, Example = "" };
        foreach (var line in lines)
        {
            ref readonly var row = ref work.Table.Lines[line];
            all.Add(line, row, -1, _lastEnds.Since(row.Instance, row.TimestampNs));
        }

        return Periodicity.PeriodOf(all) is not null;
    }

    /// <summary>By template, in the order of their first lines.</summary>
    private List<FindingDraft> Drafts(IReadOnlyList<int> lines, CancellationToken cancellationToken)
    {
        var drain = new Drain();
        var byTemplate = new Dictionary<int, FindingDraft>();
        var drafts = new List<FindingDraft>();
        foreach (var line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ref readonly var row = ref work.Table.Lines[line];
            var text = MessageText.Of(work.Table, row.Ref, ref _buffer);
            var template = drain.Add(text);
            if (!byTemplate.TryGetValue(template, out var draft))
            {
                byTemplate[template] = draft = new FindingDraft { Revision = revision, Idle = true, Template = template, Example = text };
                drafts.Add(draft);
            }

            draft.Add(line, row, -1, _lastEnds.Since(row.Instance, row.TimestampNs));
        }

        return drafts;
    }

    /// <summary>Lines in the order of time, by instance.</summary>
    private List<TemplateLines> Places(IEnumerable<int> lines)
    {
        var byInstance = new Dictionary<int, TemplateLines>();
        var places = new List<TemplateLines>();
        foreach (var line in lines)
        {
            var instance = work.Table.Lines[line].Instance;
            if (!byInstance.TryGetValue(instance, out var place))
            {
                if (!_requests.TryGetValue(instance, out var requests))
                {
                    _requests[instance] = requests = EndedRequests.Of(work, instance, _patterns);
                }

                byInstance[instance] = place = new TemplateLines(requests);
                places.Add(place);
            }

            place.Lines.Add(line);
            place.Times.Add(work.Table.Lines[line].TimestampNs);
        }

        return places;
    }

    private void Name(TemplateLines place, TemplateRoutes routes)
    {
        var named = new int[place.Lines.Count];
        Array.Fill(named, -1);
        var claims = new int[place.Requests.Ends.Length];
        var changed = true;
        for (var pass = 0; changed && pass < MostPasses; pass++)
        {
            changed = false;
            for (var i = 0; i < named.Length; i++)
            {
                if (named[i] < 0 && OnlyCandidate(place, routes, place.Times[i], claims) is var only and >= 0)
                {
                    named[i] = only;
                    changed = true;
                }
            }

            // Counted after the pass: lines of one request do not crowd each other out.
            Array.Clear(claims);
            foreach (var request in named.Where(request => request >= 0))
            {
                claims[request]++;
            }
        }

        for (var i = 0; i < named.Length; i++)
        {
            // More lines than such a request writes: one of them is another's, and nobody can say which.
            var sure = named[i] >= 0 && claims[named[i]] <= routes.LinesPerRequest;
            work.Results.Requests.SetProbable(place.Lines[i], sure ? place.Requests.Requests[named[i]] : -1);
        }
    }

    /// <summary>The one request that the line may follow and that has not all its lines yet; -1 when there is none or a choice.</summary>
    private static int OnlyCandidate(TemplateLines place, TemplateRoutes routes, long time, int[] claims)
    {
        var only = -1;
        for (var i = place.Requests.From(time - routes.Most); i < place.Requests.Ends.Length && place.Requests.Ends[i] <= time - routes.Least; i++)
        {
            if (!routes.MayFollow(place.Requests.Routes[i]) || claims[i] >= routes.LinesPerRequest)
            {
                continue;
            }

            if (only >= 0)
            {
                return -1;
            }

            only = i;
        }

        return only >= 0 && routes.IsFollowed(place.Requests.Routes[only]) ? only : -1;
    }
}
