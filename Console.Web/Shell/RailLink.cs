using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace OpsConsole.Web.Shell;

/// <summary>A link of the rail whose pages have some among them that belong to another link.</summary>
public sealed class RailLink : NavLink
{
    /// <summary>Path of the pages that are another link's, relative to the base.</summary>
    [Parameter, EditorRequired]
    public string Except { get; set; } = "";

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    protected override bool ShouldMatch(string uriAbsolute)
    {
        var path = Navigation.ToBaseRelativePath(uriAbsolute);
        return base.ShouldMatch(uriAbsolute) && !(path.StartsWith(Except, StringComparison.OrdinalIgnoreCase) && (path.Length == Except.Length || path[Except.Length] is '/' or '?' or '#'));
    }
}
