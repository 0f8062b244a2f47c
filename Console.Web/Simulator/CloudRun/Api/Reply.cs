using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Operations;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Api;

/// <summary>What a method answers.</summary>
internal sealed class Reply
{
    // Google indents its JSON, and escapes no more than JSON demands: the quotes of an etag come as \".
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly int status;

    private readonly JsonObject body;

    private readonly Action<JsonObject>? numberEnums;

    private Reply(int status, JsonObject body, Action<JsonObject>? numberEnums)
    {
        this.status = status;
        this.body = body;
        this.numberEnums = numberEnums;
    }

    public static implicit operator Reply(ApiError error) => new(error.Http, error.ToEnvelope(), null);

    public static implicit operator Reply(Operation operation) => Plain(operation.ToJson(), json => NumberOperation(json, operation.Message));

    public static Reply Plain(JsonObject body, Action<JsonObject>? numberEnums = null) => new(200, body, numberEnums);

    public static Reply Resource(JsonObject resource, string message) =>
        Plain(resource, json => EnumNumbers.Apply(json, Schema.Message(message)));

    public static Reply List(ApiResult<JsonObject> page, string key, string message) =>
        page.Error is { } error
            ? error
            : Plain(page.Value!, json =>
            {
                foreach (var item in json.Children(key))
                {
                    EnumNumbers.Apply(item, Schema.Message(message));
                }
            });

    public async Task WriteAsync(HttpContext context)
    {
        var json = body;
        if (numberEnums is not null && WantsNumbers(context.Request))
        {
            json = body.Copy();
            numberEnums(json);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        context.Response.Headers.CacheControl = "private";
        context.Response.Headers.Vary = "Origin, X-Origin, Referer";
        await JsonSerializer.SerializeAsync(context.Response.Body, json, Indented, context.RequestAborted);
    }

    /// <summary>Numbers the enums of an operation's two copies of its resource.</summary>
    public static void NumberOperation(JsonObject operation, string message)
    {
        EnumNumbers.Apply(operation.Child("metadata"), Schema.Message(message));
        EnumNumbers.Apply(operation.Child("response"), Schema.Message(message));
    }

    // "$alt=json;enum-encoding=int", from Google's REST transport for Node.
    private static bool WantsNumbers(HttpRequest request) =>
        request.Query["$alt"].ToString().EndsWith("enum-encoding=int", StringComparison.Ordinal);
}
