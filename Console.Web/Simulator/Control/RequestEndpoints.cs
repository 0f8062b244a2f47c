using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload;

namespace OpsConsole.Web.Simulator.Control;

/// <summary>
/// <c>POST /simulator/requests</c> with <c>{"service":"checkout","count":20,"seconds":5}</c>: so many requests arrive at that service from now on, spread
/// evenly over that time (without <c>seconds</c> all at once), and go on as all others do. The simulated callers come by chance, and at night may leave a
/// service alone for an hour: who needs a request does not wait for them. The answer says how many come, and from when to when.
/// <c>POST /simulator/callers</c> with <c>{"away":true}</c>: they stay away, so that nothing comes but what is sent; <c>false</c> lets them come again, and
/// GET says how it is. Without these calls the entries of a seed stay as they are.
/// </summary>
public static class RequestEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    /// <param name="app">Where.</param>
    /// <param name="workload">What the requests come to.</param>
    /// <param name="live">Whether the workload goes on: where it stands still nothing arrives.</param>
    public static void MapRequests(this IEndpointRouteBuilder app, WorkloadRunner workload, bool live)
    {
        app.MapPost("/simulator/requests", (HttpContext context) => WithBody(context, body => Send(body, workload, live)));
        app.MapPost("/simulator/callers", (HttpContext context) => WithBody(context, body => Call(body, workload)));
        app.MapGet("/simulator/callers", () => Callers(workload));
    }

    private static IResult Send(JsonObject body, WorkloadRunner workload, bool live)
    {
        var (order, problem) = RequestOrder.Of(body);
        if (order is null)
        {
            return ApiError.InvalidArgument(problem).ToResult();
        }

        if (!live)
        {
            return new ApiError(409, "FAILED_PRECONDITION", "No request can come: live traffic is off (Simulator:LiveTraffic).").ToResult();
        }

        return workload.Send(order.Service, order.Count, TimeSpan.FromSeconds(order.Seconds)) is { } comes
            ? Answer(new JsonObject { ["service"] = order.Service, ["count"] = order.Count, ["first"] = Time(comes.First), ["last"] = Time(comes.Last) }, StatusCodes.Status202Accepted)
            : new ApiError(404, "NOT_FOUND", $"The project has no service \"{order.Service}\" that is called.").ToResult();
    }

    private static IResult Call(JsonObject body, WorkloadRunner workload)
    {
        if (body is not { Count: 1 } || body["away"] is not JsonValue value || !value.TryGetValue<bool>(out var away))
        {
            return ApiError.InvalidArgument("The one field is \"away\": true or false.").ToResult();
        }

        workload.CallersAway = away;
        return Callers(workload);
    }

    private static IResult Callers(WorkloadRunner workload) => Answer(new JsonObject { ["away"] = workload.CallersAway }, StatusCodes.Status200OK);

    private static async Task WithBody(HttpContext context, Func<JsonObject, IResult> answer)
    {
        IResult result;
        try
        {
            var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject;

            // An object is taken apart when it is first looked into: a field that stands there twice is found now.
            _ = body?.Count;
            result = body is null ? ApiError.InvalidArgument("Invalid JSON payload received. Expected an object.").ToResult() : answer(body);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            result = ApiError.InvalidArgument($"Invalid JSON payload received. {e.Message}").ToResult();
        }

        await result.ExecuteAsync(context);
    }

    private static IResult Answer(JsonObject body, int status) => Results.Text(body.ToJsonString() + "\n", "application/json", statusCode: status);

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
