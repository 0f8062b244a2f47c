using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Completeness;

namespace OpsConsole.Core.Tests.AuditTrail.Completeness;

/// <summary>Laws that hold for any requests and events, against a search over all ways to give events to requests.</summary>
public sealed class CompletenessLawTests
{
    private static readonly string[] RuleActions = ["", "order.created", "order.*", "invoice.sent"];
    private static readonly string[] Actions = ["order.created", "order.confirmed", "invoice.sent", "login"];
    private static readonly string?[] Services = ["checkout", "checkout", null, "pricing"];

    [Fact]
    public void Of_AnyWorld_EqualsTheSearchOverAllWays() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => Compare(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));

    private static void Compare(Random random)
    {
        var requests = Enumerable.Range(0, random.Next(0, 6)).Select(i => RandomRequest(random, i)).ToList();
        var events = Enumerable.Range(0, random.Next(0, 6)).Select(i => RandomEvent(random, i)).ToList();
        var asOf = Facts.At(random.Next(0, 200));

        var report = Check(requests, events, asOf);

        // As few as possible are left without an event, and never one that another request has.
        Assert.Equal(
            requests.GroupBy(static r => r.TraceId, StringComparer.Ordinal).Sum(group => group.Key is null ? 0 : MostMatched([.. group], [.. events.Where(e => e.TraceId == group.Key)])),
            report.Rows.Count(static row => row.Event is not null));
        Assert.Equal(report.Rows.Count(static r => r.Event is not null), report.Rows.Select(static r => r.Event?.Id).OfType<string>().Distinct(StringComparer.Ordinal).Count());

        // Each row follows from its own request and event alone.
        Assert.All(report.Rows, row => Assert.Equal(Expected(row, asOf), row.State));
        Assert.All(report.Rows.Where(static r => r.Event is not null), static row => Assert.True(MayProve(row.Request, row.Event!)));

        // Every request that must leave an event is in exactly one row, and the states add up.
        Assert.Equal(requests.Select(static r => r.Number).Order(), report.Rows.Select(static r => r.Request.Number).Order());
        Assert.Equal(report.Rows.Count, report.Revisions.Sum(static r => r.InTime + r.Late + r.Missing + r.NotDue + r.Undecidable));

        // Input order does not matter.
        Assert.Equal(Text(report), Text(Check(Shuffled(random, requests), Shuffled(random, events), asOf)));
    }

    private static CompletenessReport Check(IReadOnlyList<RequestFact> requests, IReadOnlyCollection<EventFact> events, DateTimeOffset asOf) =>
        CompletenessCheck.Of(Facts.Requests(requests), events, CompletenessRules.Default, new CompletenessOptions(), asOf, []);

    private static CompletenessState Expected(CompletenessRow row, DateTimeOffset asOf) =>
        row.Event is { } fact ? (fact.RecordedAt - row.Request.End > TimeSpan.FromMilliseconds(50) ? CompletenessState.Late : CompletenessState.InTime)
        : row.Request.TraceId is null ? CompletenessState.Undecidable
        : (asOf - row.Request.End).TotalSeconds < 60 ? CompletenessState.NotDue
        : CompletenessState.Missing;

    /// <summary>Tries all ways: each request takes one of the events that are left, or none.</summary>
    private static int MostMatched(List<RequestFact> requests, List<EventFact> events)
    {
        if (requests.Count == 0)
        {
            return 0;
        }

        var best = MostMatched(requests[1..], events);
        foreach (var fact in events.Where(e => MayProve(requests[0], e)))
        {
            best = Math.Max(best, 1 + MostMatched(requests[1..], [.. events.Where(e => e != fact)]));
        }

        return best;
    }

    private static bool MayProve(RequestFact request, EventFact fact) =>
        request.TraceId is not null && request.TraceId == fact.TraceId && fact.Service is null or "checkout" && request.Rule.Action switch
        {
            "" => true,
            "order.*" => fact.Action is "order.created" or "order.confirmed",
            var exact => fact.Action == exact,
        };

    private static RequestFact RandomRequest(Random random, int number)
    {
        var start = random.Next(0, 100);
        return Facts.Request(
            number, start, start + (random.Next(1, 40) / 10.0), random.Next(5) == 0 ? null : random.Next(3),
            new CompletenessRule { Action = RuleActions[random.Next(4)] }, span: (ulong)random.Next(3));
    }

    private static EventFact RandomEvent(Random random, int number)
    {
        var time = random.Next(0, 1000) / 10.0;
        return Facts.Event(
            $"e{number}", time, random.Next(6) == 0 ? null : random.Next(3), time + (random.Next(3) == 0 ? random.Next(60) : 0.01),
            Actions[random.Next(4)], Services[random.Next(4)], (ulong)random.Next(3));
    }

    private static T[] Shuffled<T>(Random random, IEnumerable<T> items)
    {
        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static string Text(CompletenessReport report) => string.Join(
        '\n', [.. report.Rows.Select(static r => $"{r.Request.Number} {r.State} {r.Event?.Id} {r.After}"), .. report.Extra.Select(static e => e.Event.Id)]);
}
