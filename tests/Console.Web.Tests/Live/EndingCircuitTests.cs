using System.Net.Http.Json;
using System.Reflection;
using Bunit;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Circuits;
using OpsConsole.Testing.Network;
using OpsConsole.Web.Live;
using OpsConsole.Web.Tests.Consoles;

namespace OpsConsole.Web.Tests.Live;

/// <summary>Pages that are left while they load, and while they are told of something: nothing of that is an error.</summary>
public sealed class EndingCircuitTests
{
    private static readonly ResourceName Checkout = ResourceName.Service("acme-prod", "europe-west1", "checkout");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Components_AllOfThem_AskForNoRenderingOnceTheirCircuitEnds() => Assert.Empty(
        typeof(Urls).Assembly.GetTypes()
            .Where(static t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IComponent)) && !t.IsAssignableTo(typeof(LiveComponent)) && !t.IsAssignableTo(typeof(LiveLayout)))

            // A link of the framework, in other clothes.
            .Where(static t => !t.IsAssignableTo(typeof(NavLink)))
            .Where(static t => t.GetMethod("OnInitializedAsync", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null || t.IsAssignableTo(typeof(IDisposable)))
            .Select(static t => t.Name));

    [Fact]
    public async Task Component_ToldOfSomethingAfterItsCircuitOrTheConsoleEnded_DrawsNothing()
    {
        using var console = new Stopping();
        foreach (var end in (Func<CircuitEnd, Task>[])[static end => end.OnCircuitClosedAsync(null!, CancellationToken.None), _ => console.StopAsync()])
        {
            await using var context = new BunitContext();
            context.Services.AddSingleton<IHostApplicationLifetime>(console);
            context.Services.AddScoped<CircuitEnd>();
            var shown = context.Render<Counting>();
            await shown.InvokeAsync(shown.Instance.Tell);
            Assert.Equal(2, shown.Instance.Drawn);

            await end(context.Services.GetRequiredService<CircuitEnd>());
            await shown.InvokeAsync(shown.Instance.Tell);
            Assert.Equal(2, shown.Instance.Drawn);
        }
    }

    [Fact]
    public async Task Leaving_AskedForItsTokenAfterTheEnd_IsCancelledAndNotDisposed()
    {
        var leaving = new Leaving();
        leaving.Dispose();
        leaving.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, leaving.Token));
    }

    [Fact]
    public async Task Pages_LeftWhileTheyLoadOrOpenAsTheConsoleStops_EndWithoutAnError()
    {
        await using var fleet = await Fleet.StartAsync();
        await using var link = new BadLink(new NpgsqlConnectionStringBuilder(fleet.Database.Connection).Port);
        var connection = new NpgsqlConnectionStringBuilder(fleet.Database.Connection) { Port = link.Port, ApplicationName = "a" }.ToString();
        var console = await fleet.AddAsync("a", new Dictionary<string, string>(StringComparer.Ordinal) { ["Database:Connection"] = connection });
        var people = new (string Email, string[] Pages)[]
        {
            ("sam@acme.example", ["/services", Urls.Service(Checkout), "/services/jobs", "/services/worker-pools", "/changes", "/changes/moves", "/changes/bulk", "/changes/bulk/new", "/changes/approvals", "/background", "/background/open"]),
            ("clara@acme.example", ["/audit", "/audit/verify", "/audit/completeness", "/audit/books", "/audit/evidence", "/audit/retention", "/audit/outside"]),
            ("ada@acme.example", ["/admin/roles", "/admin/tokens", "/admin/settings", "/admin/diagnostics"]),
        };

        // What Google is asked for does not come, and the database is late: every page is in the middle of something.
        using (var google = new HttpClient { BaseAddress = fleet.Google.BaseAddress })
        {
            using var fault = await google.PostAsJsonAsync(new Uri("simulator/faults", UriKind.Relative), new { kind = "hang" });
            fault.EnsureSuccessStatusCode();
        }

        List<OpenPage> open = [];
        var opened = 0;
        foreach (var (email, pages) in people)
        {
            using var visitor = fleet.As(console, email);
            foreach (var warm in (bool[])[true, false])
            {
                // The first request of a person is recorded before anything is shown.
                link.Delay = warm ? TimeSpan.Zero : TimeSpan.FromMilliseconds(150);
                foreach (var path in warm ? pages[..1] : pages)
                {
                    OpenPage page;
                    try
                    {
                        page = await OpenPage.OpenAsync(visitor, path, static root => root.Find("h1") is not null, Patience, CancellationToken.None);
                    }
                    catch (HttpRequestException)
                    {
                        continue;
                    }

                    if (++opened % 2 == 0)
                    {
                        open.Add(page);
                    }
                    else
                    {
                        await page.LeaveAsync(CancellationToken.None);
                    }
                }
            }
        }

        var (_, exitCode) = await console.StopAsync();
        foreach (var page in open)
        {
            await page.DisposeAsync();
        }

        Assert.Equal(0, exitCode);
        Assert.True(opened > 15, $"{opened} pages were opened.");
        Assert.DoesNotContain("ObjectDisposed", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", console.Output, StringComparison.Ordinal);
    }

    private sealed class Counting : LiveComponent
    {
        public int Drawn { get; private set; }

        public void Tell() => StateHasChanged();

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) => Drawn++;
    }

    private sealed class Stopping : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopped = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => _stopped.Token;

        public void StopApplication() => throw new NotSupportedException();

        public Task StopAsync() => _stopped.CancelAsync();

        public void Dispose() => _stopped.Dispose();
    }
}
