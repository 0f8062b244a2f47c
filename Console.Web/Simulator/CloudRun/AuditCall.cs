using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Deploy;

namespace OpsConsole.Web.Simulator.CloudRun;

/// <summary>A call that the audit log records.</summary>
/// <param name="Method"><c>Services.UpdateService</c>.</param>
/// <param name="Permission"><c>run.services.update</c>.</param>
/// <param name="Name">The resource's full name.</param>
/// <param name="Caller">Who.</param>
internal sealed record AuditCall(string Method, string Permission, string Name, Caller Caller)
{
    /// <summary>The body of the call.</summary>
    public JsonObject? Request { get; init; }

    /// <summary>The name of its operation: joins the entry of its start and that of its end.</summary>
    public string? OperationId { get; init; }
}
