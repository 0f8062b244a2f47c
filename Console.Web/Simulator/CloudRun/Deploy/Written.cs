using System.Text.Json.Nodes;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>What a write did so far: the rest happens when its operation ends.</summary>
/// <param name="Kind">Service or worker pool.</param>
/// <param name="Resource">The resource after the write, reconciling.</param>
/// <param name="Revision">The full name of the new revision, if there is one.</param>
/// <param name="Changed">False if the write asked for what already is.</param>
internal sealed record Written(ParentKind Kind, JsonObject Resource, string? Revision, bool Changed);
