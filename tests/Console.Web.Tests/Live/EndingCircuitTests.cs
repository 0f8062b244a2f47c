using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
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
    public async Task Pages_LeftWhileTheyLoad_EndWithoutAnError()
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

                    opened++;
                    await page.LeaveAsync(CancellationToken.None);
                }
            }
        }

        link.Delay = TimeSpan.Zero;
        var (_, exitCode) = await console.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.True(opened > 15, $"{opened} pages were opened.");
        Assert.DoesNotContain("ObjectDisposed", console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", console.Output, StringComparison.Ordinal);
    }
}
