using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using OpsConsole.Core;
using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Consoles;
using OpsConsole.Core.Google;
using OpsConsole.Testing.Changes;
using OpsConsole.Testing.Consoles;
using OpsConsole.Web.Changes;

namespace OpsConsole.Web.Tests.Changes;

/// <summary>The change dialog and the pages of changes before the simulator on a real socket, as Sam at one browser.</summary>
public abstract class ChangesContext : ConsoleContext, IAsyncLifetime
{
    private protected static readonly ResourceName Checkout = ChangeBench.Service("checkout");

    private protected ChangeBench Bench { get; private set; } = default!;

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    protected ChangeBoard Board => Services.GetRequiredService<ChangeBoard>();

    protected ChangeRunner Runner => Services.GetRequiredService<ChangeRunner>();

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Bench = await ChangeBench.StartAsync();
        Services.AddSingleton(TimeProvider.System);
        Services.AddLogging();
        Services.AddOpsConsoleCore(new GoogleConnection
        {
            Projects = ["acme-prod"],
            CloudRunBaseAddress = Bench.Simulator.BaseAddress,
            LoggingBaseAddress = Bench.Simulator.BaseAddress,
            ResourceManagerBaseAddress = null,
            Credentials = GoogleCredentials.None,
            Timeout = TimeSpan.FromSeconds(5),
            RetryDelay = TimeSpan.FromMilliseconds(10),
        });
        Services.AddSingleton<IAuditReader>(new OwnActsInMemory(Trail));
        Services.AddSingleton<IConsoles, ConsolesInMemory>();
        Services.AddSingleton<ITurns, ConsolesInMemory>();
        Services.AddChanges(ChangeRules.Default);
        Services.AddChangeReceipts(ReceiptRules.Default);
    }

    /// <inheritdoc />
    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Bench.DisposeAsync();
    }

    /// <summary>The dialog as an address opens it.</summary>
    private protected IRenderedComponent<ChangeHost> Open(string address)
    {
        Navigation.NavigateTo(address);
        return Render<ChangeHost>();
    }

    /// <summary>The dialog with the plan of a change; comes back when it is planned.</summary>
    private protected IRenderedComponent<ChangeHost> OpenPlan(ResourceName on, Change change)
    {
        var host = Open(Urls.PlanChange("/services", on, change));
        Planned(host);
        return host;
    }

    private protected static void Planned(IRenderedComponent<ChangeHost> host) =>
        host.WaitForState(() => host.FindAll(".plan, .refusals, .state-failure").Count > 0 && host.FindAll(".skeleton").Count == 0);

    private protected void SignInAs(Role role) => SignIn(role);
}
