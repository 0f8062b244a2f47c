using OpsConsole.Core.BackgroundActivity.Templates;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>
/// Names the probable request of idle lines whose template follows the same route each time
/// (<c>billing.mail sent INV-81</c> comes 0.5 to 2.5 s after every <c>POST /invoices</c>), and takes the names off periodic work,
/// which belongs to no request. Changes nothing but the probable request.
/// </summary>
internal sealed class RouteEvidence(AnalysisWork work)
{
    // Each pass may free candidates for the next.
    private const int MostPasses = 8;

    private readonly RoutePatterns _patterns = new(work.Table);
    private readonly Dictionary<int, EndedRequests> _requests = [];
    private readonly LastEnds _lastEnds = new(work);

    /// <summary>Does nothing when there are more idle lines than <see cref="FindingsBuilder.MostTexts"/>.</summary>
    public static void Apply(AnalysisWork work, CancellationToken cancellationToken)
    {
        long idle = 0;
        for (var revision = 0; revision < work.Table.Revisions.Count; revision++)
        {
            idle += work.Count(revision, EntryClass.IdleInstance);
        }

        if (idle is > 0 and <= FindingsBuilder.MostTexts)
        {
            new RouteEvidence(work).Run(cancellationToken);
        }
    }

    private void Run(CancellationToken cancellationToken)
    {
        var lastTime = LastTime();
        foreach (var (draft, _) in Drafts(cancellationToken).OrderBy(d => d.Value))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Periodicity.PeriodOf(draft) is not null)
            {
                foreach (var (line, _, _, _) in draft.Occurrences)
                {
                    work.Results.Probable[line] = -1;
                }

                continue;
            }

            var places = Places(draft);
            if (TemplateRoutes.Learn(places, lastTime) is { } routes)
            {
                foreach (var place in places)
                {
                    Name(place, routes);
                }
            }
        }
    }

    private long LastTime()
    {
        var last = 0L;
        foreach (var facts in work.Results.Facts)
        {
            last = Math.Max(last, facts.LastRequestEndNs);
        }

        for (var i = 0; i < work.Results.Classes.Length; i++)
        {
            last = Math.Max(last, work.Table.Lines[i].TimestampNs);
        }

        return last;
    }

    /// <summary>Idle lines by template, numbered in the order of their first lines.</summary>
    private Dictionary<FindingDraft, int> Drafts(CancellationToken cancellationToken)
    {
        var lines = new List<int>();
        for (var i = 0; i < work.Results.Classes.Length; i++)
        {
            if (work.Results.Classes[i] == EntryClass.IdleInstance)
            {
                lines.Add(i);
            }
        }

        lines.Sort((a, b) => LineOrder.ByTime(work.Table, a, b));
        var drains = new Dictionary<int, Drain>();
        var byTemplate = new Dictionary<(int Revision, int Template), FindingDraft>();
        var drafts = new Dictionary<FindingDraft, int>();
        foreach (var line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ref readonly var row = ref work.Table.Lines[line];
            if (!drains.TryGetValue(row.Revision, out var drain))
            {
                drains[row.Revision] = drain = new Drain();
            }

            var text = MessageText.Of(work.Table.ReadEntry(row.Ref).Span);
            var key = (row.Revision, drain.Add(text));
            if (!byTemplate.TryGetValue(key, out var draft))
            {
                byTemplate[key] = draft = new FindingDraft { Revision = row.Revision, Idle = true, Template = key.Item2, Example = text };
                drafts[draft] = drafts.Count;
            }

            draft.Add(line, row, -1, _lastEnds.Since(row.Instance, row.TimestampNs));
        }

        return drafts;
    }

    private List<TemplateLines> Places(FindingDraft draft)
    {
        var byInstance = new Dictionary<int, TemplateLines>();
        var places = new List<TemplateLines>();
        foreach (var (line, instance, time, _) in draft.Occurrences)
        {
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
            place.Times.Add(time);
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
            work.Results.Probable[place.Lines[i]] = sure ? place.Requests.Requests[named[i]] : -1;
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
