using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.Logging;

/// <summary>An answer in Google's error envelope (google.rpc.Status as JSON).</summary>
/// <param name="Code">HTTP status.</param>
/// <param name="Status">google.rpc.Code's name.</param>
/// <param name="Message">Message.</param>
/// <param name="Detail">One detail with its <c>@type</c>, or null.</param>
internal sealed record ApiError(int Code, string Status, string Message, JsonObject? Detail = null)
{
    public static ApiError InvalidArgument(string message) => new(400, "INVALID_ARGUMENT", message);

    public static ApiError UnknownField(string name) => InvalidArgument($"Invalid JSON payload received. Unknown name \"{name}\": Cannot find field.") with
    {
        Detail = new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.BadRequest",
            ["fieldViolations"] = new JsonArray(new JsonObject
            {
                ["description"] = $"Invalid JSON payload received. Unknown name \"{name}\": Cannot find field.",
            }),
        },
    };

    public static ApiError PermissionDenied(string permission) => new(
        403,
        "PERMISSION_DENIED",
        $"Permission '{permission}' denied on resource (or it may not exist).");

    public static ApiError ReadQuota(string projectNumber, int perMinute) => new(
        429,
        "RESOURCE_EXHAUSTED",
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service 'logging.googleapis.com' "
            + $"for consumer 'project_number:{projectNumber}'.",
        new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
            ["reason"] = "RATE_LIMIT_EXCEEDED",
            ["domain"] = "googleapis.com",
            ["metadata"] = new JsonObject
            {
                ["service"] = "logging.googleapis.com",
                ["consumer"] = $"projects/{projectNumber}",
                ["quota_limit"] = "ReadRequestsPerMinutePerProject",
                ["quota_limit_value"] = perMinute.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["quota_metric"] = "logging.googleapis.com/read_requests",
                ["quota_location"] = "global",
            },
        });

    public IResult ToResult()
    {
        var error = new JsonObject { ["code"] = Code, ["message"] = Message, ["status"] = Status };
        if (Detail is not null)
        {
            error["details"] = new JsonArray(Detail.DeepClone());
        }

        return Results.Text(new JsonObject { ["error"] = error }.ToJsonString() + "\n", "application/json; charset=UTF-8", statusCode: Code);
    }
}
