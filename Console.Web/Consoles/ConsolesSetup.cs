namespace OpsConsole.Web.Consoles;

/// <summary>Several consoles on one database, as a feature of the host.</summary>
internal static class ConsolesSetup
{
    /// <summary>Registers what tells the others that this one runs. Before all other work in the background.</summary>
    public static void AddConsoles(this IServiceCollection services) => services.AddHostedService<ConsoleMarkService>();
}
