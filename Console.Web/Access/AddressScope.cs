using OpsConsole.Core.Access;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Access;

/// <summary>
/// The projects and workspaces that an address names, in its route or its query: <c>project</c>, <c>workspace</c>, <c>source=live-PROJECT</c>, and
/// any full name of a resource (<c>projects/P/…</c>).
/// </summary>
internal static class AddressScope
{
    /// <summary>True when the actor has the permission in all of them.</summary>
    public static bool Allows(Actor actor, Permission permission, IEnumerable<KeyValuePair<string, string?>> values) =>
        actor.MayEverywhere(permission) || values.All(v => v.Value is not { Length: > 0 } value || Allows(actor, permission, v.Key, value));

    private static bool Allows(Actor actor, Permission permission, string key, string value) =>
        ResourceName.TryParse(value, out var resource) ? actor.MayIn(permission, resource.Project)
        : value.StartsWith("projects/", StringComparison.Ordinal) ? actor.MayIn(permission, value.Split('/')[1])
        : key.ToUpperInvariant() switch
        {
            "PROJECT" => actor.MayIn(permission, value),
            "WORKSPACE" => actor.MayRead(permission, value),
            "SOURCE" => !AnalysisId.TryParse(value, out var id) || id.Kind != SourceKind.Live || actor.MayIn(permission, id.LiveProject),
            _ => true,
        };
}
