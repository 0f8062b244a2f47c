using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpsConsole.Web.Simulator.Control;

/// <summary>
/// <c>/simulator/faults</c>: POST adds a fault, GET lists those in force, DELETE removes all, DELETE <c>/simulator/faults/ID</c> one.
/// </summary>
public static class FaultEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Maps the endpoints.</summary>
    public static void MapFaults(this IEndpointRouteBuilder app, FaultBook faults)
    {
        app.MapPost("/simulator/faults", async context =>
        {
            try
            {
                var fault = await JsonSerializer.DeserializeAsync<Fault>(context.Request.Body, Json, context.RequestAborted);
                context.Response.StatusCode = StatusCodes.Status201Created;
                await JsonSerializer.SerializeAsync(context.Response.Body, faults.Add(fault!), Json, context.RequestAborted);
            }
            catch (JsonException exception)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                await context.Response.WriteAsync(exception.Message + "\n", context.RequestAborted);
            }
        });
        app.MapGet("/simulator/faults", context => JsonSerializer.SerializeAsync(context.Response.Body, faults.List(), Json, context.RequestAborted));
        app.MapDelete("/simulator/faults", context =>
        {
            faults.Clear();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        app.MapDelete("/simulator/faults/{id}", context =>
        {
            var removed = faults.Remove((string)context.Request.RouteValues["id"]!);
            context.Response.StatusCode = removed ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
