using System.Text.Json;

namespace OpsConsole.Core.Google.Wire;

/// <summary>The envelope of every error: <c>{"error":{"code":403,"message":"…","status":"PERMISSION_DENIED","details":[…]}}</c>.</summary>
internal sealed class ErrorEnvelopeWire
{
    public ErrorWire? Error { get; set; }
}

/// <summary>google.rpc.Status in JSON.</summary>
internal sealed class ErrorWire
{
    public string? Message { get; set; }

    public string? Status { get; set; }

    /// <summary>Of several types: each carries <c>@type</c>.</summary>
    public List<JsonElement>? Details { get; set; }
}

/// <summary>The v1 list of locations: <c>{"locations":[{"locationId":"europe-west1"}]}</c>.</summary>
internal sealed class LocationWire
{
    public string? LocationId { get; set; }
}

/// <summary>Body of entries:list. Everything but the token must be the same on all pages of a query.</summary>
internal sealed class EntriesListWire
{
    public required string[] ResourceNames { get; init; }

    public required string Filter { get; init; }

    public required string OrderBy { get; init; }

    public required int PageSize { get; init; }

    public string? PageToken { get; set; }
}

/// <summary>Body and answer of testIamPermissions.</summary>
internal sealed class PermissionsWire
{
    public List<string>? Permissions { get; set; }
}
