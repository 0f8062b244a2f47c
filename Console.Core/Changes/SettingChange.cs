using System.Text.Json.Serialization;

namespace OpsConsole.Core.Changes;

/// <summary>One field that a change sets, before and after: for people, and as JSON so that it can be taken back.</summary>
public sealed record SettingChange
{
    /// <summary>Where it stands in the resource: <c>template.containers[web].resources.limits[memory]</c>.</summary>
    public required string Path { get; init; }

    /// <summary>For people: <c>Memory</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Before, for people.</summary>
    public required string Before { get; init; }

    /// <summary>After, for people.</summary>
    public required string After { get; init; }

    /// <summary>Before as JSON; null where the field was absent.</summary>
    public string? BeforeJson { get; init; }

    /// <summary>After as JSON; null where the field is absent.</summary>
    public string? AfterJson { get; init; }

    /// <summary>True where it belongs to a revision, so that a new revision comes.</summary>
    [JsonIgnore]
    public bool IsOfTemplate => Path.StartsWith("template.", StringComparison.Ordinal);
}
