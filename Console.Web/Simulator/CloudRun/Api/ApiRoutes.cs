using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Api;

/// <summary>Maps methods of the API, with what all of them check first.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, Geography geography, TimeProvider time)
{
    // https://cloud.google.com/apis/docs/system-parameters
    private static readonly HashSet<string> SystemParameters = new(StringComparer.Ordinal)
    {
        "alt", "$alt", "fields", "$fields", "key", "$key", "prettyPrint", "$prettyPrint", "quotaUser", "$quotaUser", "access_token",
        "oauth_token", "callback", "$callback", "uploadType", "upload_protocol", "$.xgafv", "$outputDefaults",
    };

    /// <summary>Maps a method.</summary>
    /// <param name="verb">The HTTP method.</param>
    /// <param name="path">Below the location: <c>services/{service}</c>.</param>
    /// <param name="permission">What it needs.</param>
    /// <param name="parameters">Its query parameters, lowerCamelCase, separated by blanks.</param>
    /// <param name="handle">Answers it.</param>
    /// <param name="anyRegion">Whether the location may be <c>-</c>.</param>
    public void Map(string verb, string path, string permission, string parameters, Func<ApiRequest, Task<Reply>> handle, bool anyRegion = false)
    {
        var method = new ApiMethod(permission, parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        routes.MapMethods("/v2/projects/{project}/locations/{location}/" + path, [verb], async context =>
        {
            var request = new ApiRequest(context, geography, time);
            var refused = CheckPath(request, method, anyRegion) ?? CheckParameters(context, method);
            var reply = refused is null ? await handle(request) : refused;
            await reply.WriteAsync(context);
        }).WithMetadata(method);
    }

    /// <summary>Maps a method that answers at once.</summary>
    public void Map(string verb, string path, string permission, string parameters, Func<ApiRequest, Reply> handle, bool anyRegion = false) =>
        Map(verb, path, permission, parameters, request => Task.FromResult(handle(request)), anyRegion);

    private ApiError? CheckPath(ApiRequest request, ApiMethod method, bool anyRegion)
    {
        if (!geography.IsProject(request.Route("project")))
        {
            var resource = ResourceName.Location(request.Route("project"), request.Region);
            return ApiError.PermissionDenied($"Permission '{method.Permission}' denied on resource '{resource}' (or it may not exist).");
        }

        if (request.Region == "-")
        {
            // service.proto says of locations "cannot be the '-' wildcard", yet Google's own firebase-tools lists services of
            // all regions with it, and the response has unreachable[] for that: so services take it, and nothing else does.
            return anyRegion ? null : ApiError.InvalidArgument("Location must be a valid Google Cloud region, and cannot be the \"-\" wildcard.");
        }

        // A wrong region is not "not found": Cloud Run answers 501.
        return geography.Regions.Contains(request.Region, StringComparer.Ordinal) ? null : ApiError.Unimplemented();
    }

    private static ApiError? CheckParameters(HttpContext context, ApiMethod method)
    {
        foreach (var name in context.Request.Query.Keys)
        {
            if (name.Length > 0 && !SystemParameters.Contains(name) && !method.Parameters.Contains(Spelling.ToCamel(name), StringComparer.Ordinal))
            {
                return ApiError.Malformed([new FieldViolation(
                    "", $"Invalid JSON payload received. Unknown name \"{name}\": Cannot bind query parameter. Field '{name}' could not be found in request message.")]);
            }
        }

        return context.Request.Query.TryGetValue("pageSize", out var size) && !int.TryParse(size, out _)
            ? ApiError.Malformed([new FieldViolation("page_size", $"Invalid value at 'page_size' (TYPE_INT32), \"{size}\"")])
            : null;
    }
}
