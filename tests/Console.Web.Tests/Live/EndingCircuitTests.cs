using System.Reflection;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpsConsole.Web.Live;

namespace OpsConsole.Web.Tests.Live;

/// <summary>What pages do that are told of something, or go on, after their circuit has ended: nothing, and no error.</summary>
public sealed class EndingCircuitTests
{
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

        // The page is closed; the console stops with the page open.
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
