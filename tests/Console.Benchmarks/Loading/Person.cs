using OpsConsole.Testing.Circuits;

namespace OpsConsole.Benchmarks.Loading;

/// <summary>
/// Somebody at a page: looks for some seconds, does something that the page offers, looks again. What they do is drawn from a seeded sequence, and
/// each act is measured until the page shows what was asked for.
/// </summary>
internal sealed class Person(OpenPage page, bool audits, int seed, Latencies first, Latencies whole)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] ServiceFilters = ["state:ready", "region:europe", "billing:request", "pay", "e", "max:<50", ""];
    private static readonly string[] RevisionFilters = ["verdict:at-risk", "service:checkout", "e", ""];
    private static readonly string[] EventFilters = ["outcome:denied", "action:request.served", "source:webhooks", "outcome:success", "webhook", ""];
    private readonly Random _random = new(seed);

    /// <summary>Where people begin.</summary>
    public static string Start(bool audits) => audits ? "/audit" : "/";

    /// <summary>True when the first page is there, with its rows.</summary>
    public static bool HasRows(PageNode root) => Content(root)?.Find("tr", static row => row.Attributes.ContainsKey("data-row")) is not null;

    /// <summary>Acts about every <paramref name="every"/> (half as long to half as long again) until the token ends it.</summary>
    public async Task LiveAsync(TimeSpan every, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(every * (0.5 + _random.NextDouble()), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested)
            {
                await ActAsync(cancellationToken);
            }
        }
    }

    /// <summary>One act.</summary>
    public Task ActAsync(CancellationToken cancellationToken) => audits ? AuditAsync(cancellationToken) : OperateAsync(cancellationToken);

    private static PageNode? Content(PageNode root) => root.Find("main");

    private static PageNode? Table(PageNode root) => Content(root)?.Find("table", static table => table.HasClass("data-table"));

    private static string Heading(PageNode root) => Content(root)?.Find("h1")?.Text.Trim() ?? "";

    private async Task OperateAsync(CancellationToken cancellationToken)
    {
        var where = page.Path.Split('?')[0];
        var dice = _random.Next(100);
        await (where switch
        {
            "/" or "/services" => dice switch
            {
                < 35 => FilterAsync(ServiceFilters, cancellationToken),
                < 60 => SortAsync(cancellationToken),
                < 85 => OpenRowAsync("open a service", cancellationToken),
                _ => GoAsync("background activity", "/background", HasRows, cancellationToken),
            },
            "/background" => dice switch
            {
                < 30 => SortAsync(cancellationToken),
                < 50 => FilterAsync(RevisionFilters, cancellationToken),
                < 80 => OpenRowAsync("open a revision's work", cancellationToken),
                < 90 => GoAsync("changes", "/changes", static root => Heading(root) == "Changes", cancellationToken),
                _ => GoAsync("services", "/", HasRows, cancellationToken),
            },
            _ when where.StartsWith("/services/", StringComparison.Ordinal) && dice < 50 => TabAsync(cancellationToken),
            _ when where.StartsWith("/background/", StringComparison.Ordinal) => dice switch
            {
                < 50 => TabAsync(cancellationToken),
                _ => GoAsync("background activity", "/background", HasRows, cancellationToken),
            },
            _ => GoAsync("services", "/", HasRows, cancellationToken),
        });
    }

    private Task AuditAsync(CancellationToken cancellationToken) => _random.Next(100) switch
    {
        < 30 => FilterAsync(EventFilters, cancellationToken),
        < 55 when page.Read(Older) is { } older => GoAsync("older events", older, root => Older(root) != older && HasRows(root), cancellationToken),
        < 85 when page.Read(HasRows) => OpenRowAsync("open an event", cancellationToken),
        _ => GoAsync("all events", "/audit", static root => Content(root)?.Find("aside") is null && HasRows(root), cancellationToken),
    };

    private static string? Older(PageNode root) => Content(root)?.Find("a", static a => a.Attributes.ContainsKey("data-older"))?["href"];

    // A key, measured until the page answers it; then Enter, until the rows are there.
    private async Task FilterAsync(string[] texts, CancellationToken cancellationToken)
    {
        static PageNode? Box(PageNode root) => Content(root)?.Find("input", static input => input.Attributes.ContainsKey("data-filter"));
        var shown = page.Read(static root => Box(root)?["value"] ?? "");
        var text = texts.Where(t => t != shown).ElementAt(_random.Next(texts.Length - 1));
        Keep("type into the filter", await page.TypeAsync(Box, text, static _ => true, Patience, cancellationToken));
        var before = page.Path;
        Keep("filter", await page.PressAsync(Box, "Enter", root => page.Path != before && !Busy(root), Patience, cancellationToken));
    }

    // Waiting is said in words while it lasts.
    private static bool Busy(PageNode root) => Content(root)?.Find("button", static b => b["aria-disabled"] == "true") is not null;

    private async Task SortAsync(CancellationToken cancellationToken)
    {
        var heads = page.Read(static root => Table(root)?.All().Where(static n => n.Name == "th" && n.Find("button") is not null).Select(static n => n["class"]).ToList()) ?? [];
        if (heads.Count == 0)
        {
            return;
        }

        var chosen = heads[_random.Next(heads.Count)];
        PageNode? Head(PageNode root) => Table(root)?.Find("th", th => th["class"] == chosen);
        var before = page.Read(root => Head(root)?["aria-sort"]);
        Keep("sort", await page.ClickAsync(root => Head(root)?.Find("button"), root => Head(root)?["aria-sort"] != before, Patience, cancellationToken));
    }

    private async Task OpenRowAsync(string what, CancellationToken cancellationToken)
    {
        var links = page.Read(static root => Content(root)?.All().Where(static n => n.Name == "a" && n.Attributes.ContainsKey("data-row-link")).Select(static n => n["href"]).ToList()) ?? [];
        if (links.Count == 0)
        {
            await GoAsync("services", Start(audits), HasRows, cancellationToken);
            return;
        }

        var heading = page.Read(Heading);
        await GoAsync(what, links[_random.Next(links.Count)], root => audits ? Content(root)?.Find("aside") is { } pane && pane.Find("dd") is not null : Heading(root) != heading && Heading(root).Length > 0 && Content(root)!.Find("table") is not null, cancellationToken);
    }

    private async Task TabAsync(CancellationToken cancellationToken)
    {
        static List<PageNode> Tabs(PageNode root) => Content(root)?.All().Where(static n => n.Name == "nav" && n.HasClass("tabs")).SelectMany(static n => n.Children.SelectMany(static c => c.All())).Where(static n => n.Name == "a").ToList() ?? [];
        var others = page.Read(static root => Tabs(root).Where(static a => !a.Attributes.ContainsKey("aria-current")).Select(static a => a["href"]).ToList());
        if (others.Count == 0)
        {
            await GoAsync("services", "/", HasRows, cancellationToken);
            return;
        }

        var to = others[_random.Next(others.Count)];
        await GoAsync("another tab", to, root => Tabs(root).Exists(a => a["href"] == to && a.Attributes.ContainsKey("aria-current")), cancellationToken);
    }

    private async Task GoAsync(string what, string path, Func<PageNode, bool> shows, CancellationToken cancellationToken) =>
        Keep(what, await page.GoAsync(path, shows, Patience, cancellationToken));

    private void Keep(string what, Answer answer)
    {
        first.Add(what, answer.First);
        whole.Add(what, answer.Whole);
    }
}
