using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Moves;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.Changes;
using OpsConsole.Testing.CloudRun;
using OpsConsole.Web.Access;
using OpsConsole.Web.Controls;
using OpsConsole.Web.Hosting;
using Radzen;

namespace OpsConsole.Web.Tests;

/// <summary>What pages and controls need to render: a fleet in memory, a clock moved by hand, a signed-in actor, no browser.</summary>
public abstract class ConsoleContext : BunitContext
{
    protected ConsoleContext()
    {
        // A ceiling for a busy machine, not a pause: waiting ends as soon as its condition holds.
        DefaultWaitTimeout = TimeSpan.FromSeconds(20);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton<ICloudRun>(CloudRun);
        Services.AddSingleton<FleetCache>();
        Services.AddSingleton<ChangeBoard>();
        Services.AddSingleton<IAuditTrail>(Trail);
        Services.AddSingleton<IAuditReader>(new OwnActsInMemory(Trail));
        Services.AddSingleton<MoveBoard>();
        Services.AddSingleton<MoveHistory>();
        Services.AddSingleton<ConnectionBudgets>();
        Services.AddSingleton<ActEvents>();
        Services.AddSingleton(Settings);
        Services.AddScoped<ViewerClock>();
        Services.AddScoped<CurrentActor>();
        SignIn(Role.Sre);
    }

    protected FakeCloudRun CloudRun { get; } = new();

    protected ManualTime Time { get; } = new();

    protected AuditTrailInMemory Trail { get; } = new();

    protected ConsoleSettings Settings { get; } = new();

    /// <summary>Renders a page and waits until what it reads has come.</summary>
    protected IRenderedComponent<TPage> RenderRead<TPage>(Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : IComponent
    {
        var page = Render<TPage>(parameters ?? (static _ => { }));
        page.WaitForState(() => page.FindAll(".skeleton").Count == 0);
        return page;
    }

    /// <summary>Signs in with roles.</summary>
    protected void SignIn(params Role[] roles)
    {
        var principal = ActorClaims.ToPrincipal(new Actor("sam@acme.example", "Sam Rivera", roles), "test");
        var authorization = this.AddAuthorization();
        authorization.SetAuthorized("Sam Rivera");
        authorization.SetClaims([.. principal.Claims]);
    }
}
