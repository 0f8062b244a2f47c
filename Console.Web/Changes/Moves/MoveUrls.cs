using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web;

/// <summary>Addresses of gradual moves of traffic.</summary>
public static partial class Urls
{
    /// <summary>Gradual moves, those under way first.</summary>
    public const string Moves = "/changes/moves";

    /// <summary>One move.</summary>
    public static string Move(ResourceName service, string id) =>
        $"{Moves}/{Uri.EscapeDataString(service.Project)}/{Uri.EscapeDataString(service.Location)}/{Uri.EscapeDataString(service.Id)}/{Uri.EscapeDataString(id)}";
}
