using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>A create or a patch, read and understood.</summary>
/// <param name="Name">The resource's full name.</param>
/// <param name="Body">What the client sent, without what it may not write.</param>
/// <param name="Mask">What of it counts.</param>
/// <param name="Caller">Who.</param>
/// <param name="Now">When; the seed writes history.</param>
internal sealed record WriteRequest(string Name, JsonObject Body, FieldMask Mask, Caller Caller, DateTimeOffset Now)
{
    /// <summary>Check only, store nothing.</summary>
    public bool ValidateOnly { get; init; }

    /// <summary>A new revision even if the template did not change (worker pools only).</summary>
    public bool ForceNewRevision { get; init; }
}
