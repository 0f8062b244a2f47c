using System.Diagnostics;
using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Benchmarks.Auditing;

/// <summary>What somebody who browses waits for: pages, counts and facets of typical searches, median of some runs each.</summary>
internal static class Browsing
{
    private const int Rows = 100;

    public static async Task RunAsync(Arguments arguments, TextWriter output)
    {
        await using var trail = await Trail.OpenAsync(arguments);
        var runs = (int)arguments.Number("runs", 5);
        var now = TimeProvider.System.GetUtcNow();
        var middle = new AuditCursor(trail.Health.Current.TreeSize / 2);
        output.WriteLine($"| search | first page ms | count ms | facets ms | events |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var (name, query, after) in new (string, AuditQuery, AuditCursor?)[]
        {
            ("everything", new AuditQuery(), null),
            ("everything, a page in the middle", new AuditQuery(), middle),
            ("everything, a page near the end", new AuditQuery(), new AuditCursor(1_000)),
            ("one actor", new AuditQuery { Actors = ["person7@acme.example"] }, null),
            ("one actor, a page in the middle", new AuditQuery { Actors = ["person7@acme.example"] }, middle),
            ("a rare outcome of one source", new AuditQuery { Outcomes = [AuditOutcome.Unknown], Sources = ["opsconsole"] }, null),
            ("actions below a name", new AuditQuery { Actions = ["invoice.*"] }, null),
            ("one resource", new AuditQuery { ResourceTypes = ["order"], ResourceIds = ["4711"] }, null),
            ("a day long ago", new AuditQuery { From = now.AddDays(-200), To = now.AddDays(-199) }, null),
            ("a quarter long ago, one outcome", new AuditQuery { From = now.AddDays(-300), To = now.AddDays(-210), Outcomes = [AuditOutcome.Denied] }, null),
            ("ten months", new AuditQuery { From = now.AddDays(-330), To = now.AddDays(-30) }, null),
            ("last 7 days", new AuditQuery { From = now.AddDays(-7) }, null),
            ("a common word", new AuditQuery { Text = "order" }, null),
            ("two words", new AuditQuery { Text = "refund holiday" }, null),
            ("a word that nothing has", new AuditQuery { Text = "zzzz" }, null),
            ("two restrictions that never meet", new AuditQuery { Sources = ["webhooks"], ResourceTypes = ["order"] }, null),
            ("two restrictions that often meet", new AuditQuery { Sources = ["checkout"], ResourceTypes = ["order"] }, null),
            ("one workspace and a word", new AuditQuery { Workspaces = ["ws-120"], Text = "refund" }, null),
            ("all but one action", new AuditQuery { Except = new AuditExcept { Actions = ["order.created"] } }, null),
        })
        {
            var page = await MedianAsync(runs, () => trail.Reader.SearchAsync(query, after, Rows, Access(), CancellationToken.None));
            AuditCount? counted = null;
            var count = await MedianAsync(runs, async () => counted = await trail.Reader.CountAsync(query, CancellationToken.None));
            var facets = await MedianAsync(runs, () => trail.Reader.FacetsAsync(query, CancellationToken.None));
            output.WriteLine(FormattableString.Invariant($"| {name} | {page:N0} | {count:N0} | {facets:N0} | {(counted!.Estimated ? "about " : "")}{counted.Value:N0} |"));
        }
    }

    private static async Task<double> MedianAsync(int runs, Func<Task> run)
    {
        var times = new List<double>();
        for (var i = 0; i < runs; i++)
        {
            var clock = Stopwatch.StartNew();
            await run();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static AuditEvent Access() => new()
    {
        Id = Guid.CreateVersion7().ToString(),
        Time = TimeProvider.System.GetUtcNow(),
        Workspace = AuditWorkspaces.Console,
        Actor = new AuditActor { Type = AuditActorType.System, Id = "bench" },
        Action = AuditActions.AuditSearch,
        Outcome = AuditOutcome.Success,
    };
}
