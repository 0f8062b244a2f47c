using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Operations;

/// <summary>
/// A long-running operation. Its metadata and its response are the resource itself, not an OperationMetadata:
/// <c>{"name":"projects/p/locations/l/operations/UUID","metadata":{"@type":"…run.v2.Service",…},"done":true,"response":{…}}</c>.
/// </summary>
/// <param name="Name">Full name, in the region of the resource.</param>
/// <param name="Message">The resource's message type.</param>
/// <param name="Created">For the order of lists.</param>
internal sealed record Operation(string Name, string Message, DateTimeOffset Created)
{
    /// <summary>The resource as it was last seen by the operation.</summary>
    public required JsonObject Metadata { get; init; }

    public bool Done { get; init; }

    /// <summary>Why it failed; a done operation without an error succeeded.</summary>
    public ApiError? Error { get; init; }

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["name"] = Name, ["metadata"] = Typed() };
        if (Done)
        {
            json["done"] = true;
            if (Error is null)
            {
                json["response"] = Typed();
            }
            else
            {
                // The numeric gRPC code, not the HTTP status.
                json["error"] = Error.ToStatus();
            }
        }

        return json;
    }

    private JsonObject Typed()
    {
        var typed = new JsonObject { ["@type"] = "type.googleapis.com/google.cloud.run.v2." + Message };
        foreach (var (key, value) in Metadata)
        {
            typed[key] = value?.DeepClone();
        }

        return typed;
    }
}
