using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.Logging;

/// <summary>
/// Cloud Logging v2 over REST: <c>/v2/entries:list</c> and <c>/v2/entries:write</c>; and
/// <c>/simulator/logging</c>, which sets what Google sets: <c>{"readsPerMinute":60,"scanBudget":40000}</c>.
/// </summary>
public static class LoggingEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    public static void MapLogging(this IEndpointRouteBuilder app, LogStore store, TimeProvider time, LoggingOptions options)
    {
        var quota = new ReadQuota(time, options.ReadsPerMinute);
        var list = new EntriesList(store, time, options, quota);
        var write = new EntriesWrite(store, time, options);

        app.MapPost("/v2/entries:list", (HttpContext context) => WithBody(context, list.Answer));
        app.MapPost("/v2/entries:write", (HttpContext context) => WithBody(context, write.Answer));
        app.MapPost("/simulator/logging", (HttpContext context) => WithBody(context, body => Set(body, quota, list)));
        app.MapGet("/simulator/logging", () => Settings(quota, list));
    }

    private static IResult Set(JsonObject body, ReadQuota quota, EntriesList list)
    {
        try
        {
            quota.PerMinute = body["readsPerMinute"]?.GetValue<int>() ?? quota.PerMinute;
            list.ScanBudget = body["scanBudget"]?.GetValue<int>() ?? list.ScanBudget;
            return Settings(quota, list);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            return ApiError.InvalidArgument("readsPerMinute and scanBudget are whole numbers.").ToResult();
        }
    }

    private static IResult Settings(ReadQuota quota, EntriesList list) => Results.Text(
        new JsonObject { ["readsPerMinute"] = quota.PerMinute, ["scanBudget"] = list.ScanBudget }.ToJsonString() + "\n",
        "application/json");

    private static async Task WithBody(HttpContext context, Func<JsonObject, IResult> answer) =>
        await (await Answer(context, answer)).ExecuteAsync(context);

    private static async Task<IResult> Answer(HttpContext context, Func<JsonObject, IResult> answer)
    {
        try
        {
            var node = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return node is JsonObject body
                ? answer(body)
                : ApiError.InvalidArgument("Invalid JSON payload received. Expected an object.").ToResult();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return ApiError.InvalidArgument($"Invalid JSON payload received. {e.Message}").ToResult();
        }
    }
}
