using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Deploy;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Api;

/// <summary>One call: its path, its parameters in either spelling, its caller and its body.</summary>
internal sealed class ApiRequest(HttpContext context, Geography geography, TimeProvider time)
{
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>The region of the path; may be <c>-</c>.</summary>
    public string Region => Route("location");

    /// <summary><c>projects/acme-prod/locations/R</c>, with the project's id even if the path has its number.</summary>
    public string Location => geography.Location(Region);

    public int PageSize => int.TryParse(Query("pageSize"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size) ? size : 0;

    public string? PageToken => Query("pageToken");

    public bool ShowDeleted => Flag("showDeleted");

    public bool ValidateOnly => Flag("validateOnly");

    /// <summary>To the microsecond, which is what Cloud Run keeps.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>
    /// The account that calls. Tokens are not checked here; one that looks like an e-mail address is taken for the account, so that
    /// tests and demos can act as somebody.
    /// </summary>
    public Caller Caller
    {
        get
        {
            var authorization = context.Request.Headers.Authorization.ToString();
            var token = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization[7..].Trim() : "";
            return new Caller(
                token.Contains('@', StringComparison.Ordinal) ? token : $"ops-console@{geography.Project}.iam.gserviceaccount.com",
                context.Request.Headers.UserAgent.ToString(),
                context.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1");
        }
    }

    public string Route(string key) => (string)context.Request.RouteValues[key]!;

    /// <summary>A parameter, as pageSize or page_size.</summary>
    public string? Query(string name)
    {
        var query = context.Request.Query;
        return query.TryGetValue(name, out var value) || query.TryGetValue(Spelling.ToSnake(name), out value)
            ? string.Join(',', value.ToArray())
            : null;
    }

    public bool Flag(string name) => string.Equals(Query(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The body as a message, or why it is none.</summary>
    public async Task<ApiResult<JsonObject>> MessageAsync(string message)
    {
        var json = await JsonAsync();
        if (json.Error is { } error)
        {
            return error;
        }

        var (read, violations) = MessageReader.Read(json.Value!, message);
        return violations.Count == 0 ? read : ApiError.Malformed(violations);
    }

    /// <summary>The body as an object; an empty body is an empty object.</summary>
    public async Task<ApiResult<JsonObject>> JsonAsync()
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, Aborted);
        if (body.Length == 0)
        {
            return new JsonObject();
        }

        try
        {
            return JsonNode.Parse(body.ToArray()) is JsonObject json
                ? json
                : ApiError.InvalidArgument("Invalid JSON payload received. Unknown name \"\": Root element must be a message.");
        }
        catch (JsonException exception)
        {
            return ApiError.InvalidArgument($"Invalid JSON payload received. {exception.Message}");
        }
        catch (ArgumentException)
        {
            // A key that is there twice.
            return ApiError.InvalidArgument("Invalid JSON payload received. Duplicate field.");
        }
    }
}
