using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace OpsConsole.Web.Shell;

/// <summary>A link of the rail: of the page at the console's own address too, or without some pages that belong to another link.</summary>
public sealed class RailLink : NavLink
{
    /// <summary>Path of the pages that are another link's, relative to the base.</summary>
    [Parameter]
    public string? Except { get; set; }

    /// <summary>Whether the console's own address shows this link's page.</summary>
    [Parameter]
    public bool IsHome { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    protected override bool ShouldMatch(string uriAbsolute)
    {
        var path = Navigation.ToBaseRelativePath(uriAbsolute);
        return IsHome && (path.Length == 0 || path[0] is '?' or '#')
            || base.ShouldMatch(uriAbsolute) && !(Except is { } except && path.StartsWith(except, StringComparison.OrdinalIgnoreCase) && (path.Length == except.Length || path[except.Length] is '/' or '?' or '#'));
    }
}
