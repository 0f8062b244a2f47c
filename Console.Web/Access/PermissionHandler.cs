using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace OpsConsole.Web.Access;

/// <summary>
/// Decides on pages and endpoints: the permission, now, in every project and workspace that the address names. What a page reads beyond its
/// address is limited where it is read.
/// </summary>
internal sealed class PermissionHandler(IServiceProvider services) : AuthorizationHandler<PermissionRequirement>
{
    /// <inheritdoc />
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (ActorClaims.ToActor(context.User) is { } actor && actor.May(requirement.Permission)
            && AddressScope.Allows(actor, requirement.Permission, ValuesOf(context.Resource)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    // A request has both in its context; within a circuit the route is given, and the query is in the address bar.
    private IEnumerable<KeyValuePair<string, string?>> ValuesOf(object? resource) => resource switch
    {
        HttpContext http => Texts(http.Request.RouteValues).Concat(http.Request.Query.SelectMany(static q => q.Value.Select(value => KeyValuePair.Create(q.Key, value)))),
        Microsoft.AspNetCore.Components.RouteData route => Texts(route.RouteValues).Concat(OfQuery()),
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, string?>> Texts(IEnumerable<KeyValuePair<string, object?>> values) =>
        values.Select(static v => KeyValuePair.Create(v.Key, v.Value as string));

    private IEnumerable<KeyValuePair<string, string?>> OfQuery() =>
        services.GetService<NavigationManager>() is { } navigation
            ? QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).SelectMany(static q => q.Value.Select(value => KeyValuePair.Create(q.Key, value)))
            : [];
}
