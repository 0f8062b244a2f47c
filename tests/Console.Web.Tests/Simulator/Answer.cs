using System.Text.Json.Nodes;

namespace OpsConsole.Web.Tests.Simulator;

/// <summary>An HTTP answer.</summary>
internal sealed record Answer(int Status, string Text, string MediaType)
{
    public JsonObject Json => (JsonObject)JsonNode.Parse(Text)!;

    /// <summary>error.message of Google's envelope.</summary>
    public string Message => (string)Json["error"]!["message"]!;

    /// <summary>error.status of Google's envelope.</summary>
    public string Code => (string)Json["error"]!["status"]!;

    /// <summary>The short names in a list.</summary>
    public IReadOnlyList<string> Names(string key) =>
        [.. (Json[key] as JsonArray ?? []).Select(static item => ((string)item!["name"]!).Split('/')[^1])];
}
