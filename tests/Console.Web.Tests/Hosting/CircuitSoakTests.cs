using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Testing.Circuits;
using OpsConsole.Web.Access;

namespace OpsConsole.Web.Tests.Hosting;

/// <summary>
/// Pages come, are used, and go in every way that they do: left in order, closed without a word, cut off and back, cut off for good. Nothing of them
/// may stay. The hour-long form is the verb <c>soak</c> of tests/Console.Benchmarks.
/// </summary>
public sealed class CircuitSoakTests
{
    private const int Pages = 20;
    private const int Rounds = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Pages_OpenedUsedAndLeftInAnyWay_AreAllGivenBack()
    {
        await using var console = await StartAsync(static settings => settings.Limits.DisconnectedSeconds = 1);
        using var sre = await Visitor.SignInAsync(console.Address, "sre", CancellationToken.None);
        using var compliance = await Visitor.SignInAsync(console.Address, "compliance", CancellationToken.None);
        var circuits = new ConcurrentDictionary<object, WeakReference>();
        for (var round = 0; round < Rounds; round++)
        {
            await RoundAsync(console, sre, compliance, circuits);
        }

        // Whatever holds a component of a page, an event of a service for instance, holds its circuit.
        Assert.InRange(circuits.Count, Rounds * Pages / 2, Rounds * Pages);
        var left = 0;
        await UntilAsync(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return (left = circuits.Values.Count(static c => c.IsAlive)) == 0;
            },
            () => $"{left} of {circuits.Count} circuits are still in memory.");
    }

    [Fact]
    public async Task Pages_CutOffBeyondTheBound_AreGivenUp()
    {
        await using var console = await StartAsync(static settings => settings.Limits.DisconnectedPages = 3);
        using var sre = await Visitor.SignInAsync(console.Address, "sre", CancellationToken.None);
        var pages = new List<OpenPage>();
        for (var i = 0; i < 8; i++)
        {
            pages.Add(await OpenPage.OpenAsync(sre, "/changes", HasHeading, Patience, CancellationToken.None));
        }

        Assert.Equal(8, Open(console));
        foreach (var page in pages)
        {
            await page.BreakAsync();
        }

        await UntilAsync(() => Open(console) <= 3);
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }
    }

    private static Task<RunningConsole> StartAsync(Action<Web.Hosting.ConsoleSettings> change) => RunningConsole.StartAsync(settings =>
    {
        settings.Limits.CircuitsPerPerson = 1000;
        settings.Limits.RequestsPerMinute = 100_000;
        settings.Limits.SearchesPerMinute = 100_000;
        settings.Simulator.HistoryHours = 1;
        change(settings);
    });

    private static async Task RoundAsync(RunningConsole console, Visitor sre, Visitor compliance, ConcurrentDictionary<object, WeakReference> circuits)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, Pages), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, token) =>
        {
            var (visitor, path) = (number % 3) switch { 0 => (sre, "/"), 1 => (sre, "/background"), _ => (compliance, "/audit") };
            await using var page = await OpenPage.OpenAsync(visitor, path, HasHeading, Patience, token);
            await UseAsync(page, token);
            Remember(console, circuits);
            switch (number % 4)
            {
                case 0:
                    await page.LeaveAsync(token);
                    break;
                case 1:
                    await page.BreakAsync();
                    if (await page.ComeBackAsync(token))
                    {
                        await UseAsync(page, token);
                    }

                    await page.LeaveAsync(token);
                    break;
                default:
                    await page.BreakAsync();
                    break;
            }
        });
        await UntilAsync(() => Open(console) == 0);
    }

    // The framework's registry of circuits is internal: by its id, each open circuit, held weakly.
    private static void Remember(RunningConsole console, ConcurrentDictionary<object, WeakReference> circuits)
    {
        var type = typeof(Circuit).Assembly.GetType("Microsoft.AspNetCore.Components.Server.Circuits.CircuitRegistry", throwOnError: true)!;
        var open = (IDictionary)type.GetProperty("ConnectedCircuits", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(console.Services.GetRequiredService(type))!;
        foreach (DictionaryEntry circuit in open)
        {
            circuits.TryAdd(circuit.Key, new WeakReference(circuit.Value));
        }
    }

    private static async Task UseAsync(OpenPage page, CancellationToken token)
    {
        static PageNode? Box(PageNode root) => root.Find("input", static input => input.Attributes.ContainsKey("data-filter"));
        await page.WaitAsync(static root => Box(root) is not null, Patience, token);
        await page.TypeAsync(Box, "e", static _ => true, Patience, token);
        await page.PressAsync(Box, "Enter", static _ => true, Patience, token);
        await page.GoAsync("/changes", static root => root.Find("h1")?.Text.Trim() == "Changes", Patience, token);
        await page.GoAsync(page.Path == "/audit" ? "/audit" : "/services/jobs", static root => root.Find("h1")?.Text.Trim() != "Changes" && HasHeading(root), Patience, token);
    }

    private static bool HasHeading(PageNode root) => root.Find("h1") is not null;

    private static int Open(RunningConsole console) => console.Services.GetRequiredService<OpenCircuits>().Count;

    private static async Task UntilAsync(Func<bool> done, Func<string>? otherwise = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!done())
        {
            Assert.False(patience.IsCancellationRequested, otherwise?.Invoke() ?? "Pages stay open.");
            await Task.Delay(50, CancellationToken.None);
        }
    }
}
