using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>Conditions as google/cloud/run/v2/condition.proto has them. A successful condition has no reason.</summary>
internal static class Conditions
{
    public static JsonObject Succeeded(string type, DateTimeOffset time, string? message = null) => New(type, "CONDITION_SUCCEEDED", time, message);

    public static JsonObject Reconciling(string type, DateTimeOffset time, string? message = null) => New(type, "CONDITION_RECONCILING", time, message);

    public static JsonObject Pending(string type, DateTimeOffset time, string? message = null) => New(type, "CONDITION_PENDING", time, message);

    /// <summary>A failed condition; <paramref name="reasonKey"/> is <c>reason</c>, <c>revisionReason</c> or <c>executionReason</c>.</summary>
    public static JsonObject Failed(string type, DateTimeOffset time, string message, string reasonKey, string reason)
    {
        var condition = New(type, "CONDITION_FAILED", time, message);
        condition[reasonKey] = reason;
        return condition;
    }

    /// <summary>A revision that serves nothing has Active not true, at severity INFO: that is no failure. State name UNCONFIRMED.</summary>
    public static JsonObject Retired(DateTimeOffset time)
    {
        var condition = Failed("Active", time, "Revision retired.", "revisionReason", "RETIRED");
        condition["severity"] = "INFO";
        return condition;
    }

    public static JsonObject? Find(JsonObject resource, string type) =>
        resource.Children("conditions").FirstOrDefault(condition => condition.Text("type") == type);

    public static string State(JsonObject resource, string type) => Find(resource, type)?.Text("state") ?? "";

    private static JsonObject New(string type, string state, DateTimeOffset time, string? message)
    {
        var condition = new JsonObject { ["type"] = type, ["state"] = state, ["lastTransitionTime"] = WireTime.Timestamp(time) };
        if (!string.IsNullOrEmpty(message))
        {
            condition["message"] = message;
        }

        return condition;
    }
}
