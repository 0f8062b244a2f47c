using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>A refusal in Google's envelope; https://cloud.google.com/apis/design/errors.</summary>
/// <param name="Http">The HTTP status.</param>
/// <param name="Grpc">The number of the gRPC code, which operations and audit entries carry instead of the HTTP status.</param>
/// <param name="Status">The name of the gRPC code.</param>
/// <param name="Message">For people.</param>
internal sealed record ApiError(int Http, int Grpc, string Status, string Message)
{
    /// <summary>Which fields are wrong, for requests that do not fit the interface definitions.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    public static ApiError InvalidArgument(string message) => new(400, 3, "INVALID_ARGUMENT", message);

    public static ApiError FailedPrecondition(string message) => new(400, 9, "FAILED_PRECONDITION", message);

    public static ApiError NotFound(string message) => new(404, 5, "NOT_FOUND", message);

    public static ApiError AlreadyExists(string message) => new(409, 6, "ALREADY_EXISTS", message);

    public static ApiError Aborted(string message) => new(409, 10, "ABORTED", message);

    public static ApiError PermissionDenied(string message) => new(403, 7, "PERMISSION_DENIED", message);

    public static ApiError Unimplemented() => new(501, 12, "UNIMPLEMENTED", "Operation is not implemented, or supported, or enabled.");

    public static ApiError Unavailable(string message) => new(503, 14, "UNAVAILABLE", message);

    public static ApiError ResourceExhausted(string message) => new(429, 8, "RESOURCE_EXHAUSTED", message);

    public static ApiError Malformed(IReadOnlyList<FieldViolation> violations) =>
        InvalidArgument(string.Join('\n', violations.Select(static v => v.Description))) with { Violations = violations };

    /// <summary>The error whose HTTP status this is, for faults that are asked for by number.</summary>
    public static ApiError OfHttp(int http, string? message) => http switch
    {
        400 => InvalidArgument(message ?? "Request contains an invalid argument."),
        401 => new ApiError(401, 16, "UNAUTHENTICATED", message ?? "Request had invalid authentication credentials."),
        403 => PermissionDenied(message ?? "The caller does not have permission"),
        404 => NotFound(message ?? "Requested entity was not found."),
        409 => Aborted(message ?? "The operation was aborted."),
        429 => ResourceExhausted(message ?? "Resource has been exhausted (e.g. check quota)."),
        500 => new ApiError(500, 13, "INTERNAL", message ?? "Internal error encountered."),
        501 => Unimplemented(),
        503 => Unavailable(message ?? "The service is currently unavailable."),
        504 => new ApiError(504, 4, "DEADLINE_EXCEEDED", message ?? "Deadline expired before operation could complete."),
        _ => new ApiError(http, 2, "UNKNOWN", message ?? "Unknown error."),
    };

    /// <summary>The HTTP body: <c>{"error":{"code":409,"message":"…","status":"ABORTED"}}</c>.</summary>
    public JsonObject ToEnvelope()
    {
        var error = new JsonObject { ["code"] = Http, ["message"] = Message, ["status"] = Status };
        if (Violations.Count > 0)
        {
            error["details"] = new JsonArray(new JsonObject
            {
                ["@type"] = "type.googleapis.com/google.rpc.BadRequest",
                ["fieldViolations"] = new JsonArray([.. Violations.Select(static v => Violation(v))]),
            });
        }

        return new JsonObject { ["error"] = error };
    }

    /// <summary>google.rpc.Status, as operations and audit entries carry it.</summary>
    public JsonObject ToStatus() => new() { ["code"] = Grpc, ["message"] = Message };

    // A field violation of the message itself has no field: an empty string is a default, and left out.
    private static JsonObject Violation(FieldViolation violation)
    {
        var json = new JsonObject();
        if (violation.Field.Length > 0)
        {
            json["field"] = violation.Field;
        }

        json["description"] = violation.Description;
        return json;
    }
}
