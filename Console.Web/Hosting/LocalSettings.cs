namespace OpsConsole.Web.Hosting;

/// <summary>Section <c>OpsConsole:Identity:Local</c>: one person's own machine.</summary>
public sealed class LocalSettings
{
    /// <summary>Roles of that person.</summary>
    public IList<string> Roles { get; set; } = ["Sre", "Compliance"];
}
