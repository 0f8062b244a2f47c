using OpsConsole.Testing.Circuits;

namespace OpsConsole.Benchmarks.Loading;

/// <summary>People with open pages: four of five look after services, the fifth reads the audit trail (or all of them).</summary>
internal sealed class Crowd(ConsoleProcess console, bool allAudit) : IAsyncDisposable
{
    /// <summary>How long a page may take to come: far more than it should.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<(OpenPage Page, bool Audits)> _pages = [];
    private readonly List<Visitor> _visitors = [];
    private readonly Latencies _opening = new();

    /// <summary>Open pages.</summary>
    public int Count => _pages.Count;

    /// <summary>From asking for a page until it shows its rows.</summary>
    public Latencies Opening => _opening;

    /// <summary>What came to all pages.</summary>
    public (long Batches, long Bytes) Received => (_pages.Sum(static p => (long)p.Page.Received.Batches), _pages.Sum(static p => p.Page.Received.Bytes));

    /// <summary>Opens pages until there are so many, four at a time.</summary>
    public async Task GrowAsync(int to, CancellationToken cancellationToken)
    {
        if (_visitors.Count == 0)
        {
            _visitors.Add(await Visitor.SignInAsync(console.Address, "sre", cancellationToken));
            _visitors.Add(await Visitor.SignInAsync(console.Address, "compliance", cancellationToken));
        }

        var missing = Enumerable.Range(_pages.Count, Math.Max(0, to - _pages.Count));
        await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (number, token) =>
        {
            var audits = allAudit || number % 5 == 4;
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            var page = await OpenPage.OpenAsync(_visitors[audits ? 1 : 0], Person.Start(audits), Person.HasRows, Patience, token);
            _opening.Add("open", System.Diagnostics.Stopwatch.GetElapsedTime(began));
            lock (_pages)
            {
                _pages.Add((page, audits));
            }
        });
    }

    /// <summary>All of them act until the time is over. A page that fails ends the run.</summary>
    public async Task LiveAsync(TimeSpan duration, TimeSpan every, Latencies first, Latencies whole, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(duration);
        await Task.WhenAll(_pages.Select(async (p, seed) =>
        {
            try
            {
                await new Person(p.Page, p.Audits, seed, first, whole).LiveAsync(every, over.Token);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                // In the middle of an act: neither measured nor missed.
            }
        }));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var (page, _) in _pages)
        {
            await page.DisposeAsync();
        }

        _visitors.ForEach(static v => v.Dispose());
    }
}
