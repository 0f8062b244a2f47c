using OpsConsole.Core.CloudRun;
using OpsConsole.Web.Changes.Bulk;

namespace OpsConsole.Web;

/// <summary>Addresses of changes of several services.</summary>
public static partial class Urls
{
    /// <summary>Changes of several services, newest first.</summary>
    public const string Bulks = "/changes/bulk";

    /// <summary>Where one is planned.</summary>
    public const string NewBulkPath = "/changes/bulk/new";

    /// <summary>One, under way or ended.</summary>
    public static string Bulk(string id) => $"{Bulks}/{Uri.EscapeDataString(id)}";

    /// <summary>Planning a change of chosen services, or of those that a filter finds.</summary>
    public static string NewBulk(IReadOnlyList<ResourceName> services, string filter) => (NewBulkState.Empty with { Services = services, Filter = services.Count > 0 ? "" : filter }).ToUrl();
}
