using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;

namespace OpsConsole.Web.Access;

/// <summary>Says in words that there is no room for another open page, in place of a page that would lose its connection at once.</summary>
internal sealed class CircuitDoor(RequestDelegate next, OpenCircuits open)
{
    /// <summary>Lets a request through, or answers it.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method)
            || context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not { Type: var page }
            || page.GetCustomAttribute<ExcludeFromInteractiveRoutingAttribute>() is not null
            || ActorClaims.ToActor(context.User) is not { } actor
            || open.WhyFull(actor.Id) is not { } full)
        {
            return next(context);
        }

        RefusedWhy.Set(context, full.Sentence);
        context.Response.StatusCode = full.Status;
        context.Response.Headers.RetryAfter = "30";
        return Task.CompletedTask;
    }
}
