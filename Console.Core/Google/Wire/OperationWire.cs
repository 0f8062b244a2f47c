using System.Text.Json;

namespace OpsConsole.Core.Google.Wire;

/// <summary>google.longrunning.Operation. Metadata and response are the resource itself, with an <c>@type</c>.</summary>
internal sealed class OperationWire
{
    public string? Name { get; set; }

    public bool Done { get; set; }

    public StatusWire? Error { get; set; }

    public JsonElement? Metadata { get; set; }

    public JsonElement? Response { get; set; }
}

/// <summary>google.rpc.Status inside an operation: its code is the numeric gRPC one.</summary>
internal sealed class StatusWire
{
    public int Code { get; set; }

    public string? Message { get; set; }
}
