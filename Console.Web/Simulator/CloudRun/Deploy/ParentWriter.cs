using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Rules;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>
/// Writes services and worker pools: any change under <c>template</c> makes a revision, other changes do not. A write leaves the
/// resource reconciling; <see cref="Rollout"/> ends it.
/// </summary>
internal sealed class ParentWriter(Store store, Geography geography, Ids ids)
{
    /// <summary>Creates a resource that does not exist.</summary>
    public ApiResult<Written> Create(WriteRequest request, ParentKind kind)
    {
        if (store.Find(request.Name) is not null)
        {
            return ApiError.AlreadyExists($"Resource '{ResourceName.Short(request.Name)}' already exists.");
        }

        var desired = request.Body.Copy();
        desired["name"] = request.Name;
        desired["uid"] = ids.Uuid();
        desired["creator"] = request.Caller.Email;
        desired["createTime"] = WireTime.Timestamp(request.Now);
        if (kind.IsService)
        {
            var addresses = Addresses.Of(request.Name, geography.ProjectNumber);
            desired["urls"] = new JsonArray([.. addresses.Select(static a => JsonValue.Create(a))]);
            desired["uri"] = addresses[1];
        }

        return Write(desired, stored: null, request, kind);
    }

    /// <summary>Changes a resource that exists.</summary>
    public ApiResult<Written> Update(WriteRequest request, ParentKind kind)
    {
        if (store.Find(request.Name) is not { } stored)
        {
            return NotFound(request.Name, kind.Kind);
        }

        return Etag.Check(request.Body.Text("etag"), stored) is { } conflict
            ? conflict
            : Write(request.Mask.Apply(stored, request.Body, kind.Message), stored, request, kind);
    }

    /// <summary>"Resource 'x' of kind 'SERVICE' in region 'us-central1' in project 'p' does not exist."</summary>
    public static ApiError NotFound(string name, string kind)
    {
        var parts = name.Split('/');
        return ApiError.NotFound($"Resource '{parts[^1]}' of kind '{kind}' in region '{parts[3]}' in project '{parts[1]}' does not exist.");
    }

    private ApiResult<Written> Write(JsonObject desired, JsonObject? stored, WriteRequest request, ParentKind kind)
    {
        if (kind.IsService)
        {
            Defaults.Fill(desired, geography.ProjectNumber);
        }
        else
        {
            Defaults.FillWorkerPool(desired, geography.ProjectNumber);
        }

        var asked = desired.Child("template").Text("revision");
        var revisions = store.List($"{request.Name}/revisions/-").Select(static r => ResourceName.Short(r.Text("name"))).ToHashSet(StringComparer.Ordinal);
        var nameIsTaken = revisions.Contains(asked);
        if (asked.Length > 0)
        {
            _ = revisions.Add(asked);
        }

        desired = MessageReader.Canonical(desired, kind.Message);
        if (ResourceRules.Check(desired, kind, revisions) is { } refused)
        {
            return refused;
        }

        var templateChanged = stored is null || request.ForceNewRevision || !SameTemplate(stored, desired);
        var changed = templateChanged || asked != stored!.Child("template").Text("revision") || !SameSettings(stored!, desired, kind);
        if (!changed)
        {
            return new Written(kind, stored!, null, Changed: false);
        }

        if (nameIsTaken && (templateChanged || request.Mask.Covers("template")))
        {
            // The trap of read, change, write: GET returns template.revision filled whenever the last deploy named it, and a
            // PATCH that sends it back asks for a second revision of that name, even if only scaling or tags change.
            return ApiError.AlreadyExists($"Revision named '{asked}' with different configuration already exists.");
        }

        if (asked.Length > 0 && templateChanged && !asked.StartsWith(ResourceName.Short(request.Name) + "-", StringComparison.Ordinal))
        {
            // Wording UNCONFIRMED.
            return ApiError.InvalidArgument(
                $"template.revision: Revision name must be prefixed by the name of the enclosing resource with a trailing -: '{ResourceName.Short(request.Name)}-'.");
        }

        return Commit(desired, stored, templateChanged || (asked.Length > 0 && !nameIsTaken), request, kind);
    }

    private Written Commit(JsonObject desired, JsonObject? stored, bool newRevision, WriteRequest request, ParentKind kind)
    {
        // Every write has an update time of its own, even two in one tick of the clock: the etag is made of it.
        var now = request.Now;
        if (stored is not null && WireTime.TryTimestamp(stored.Text("updateTime"), out var last) && now <= last)
        {
            now = last.AddMicroseconds(1);
        }

        var generation = (stored?.Long("generation") ?? 0) + 1;
        desired["generation"] = generation.ToString(CultureInfo.InvariantCulture);
        desired["updateTime"] = WireTime.Timestamp(now);
        desired["lastModifier"] = request.Caller.Email;
        desired["etag"] = Etag.Of(request.Name, now);
        desired["reconciling"] = true;
        desired["terminalCondition"] = Conditions.Reconciling("Ready", now, newRevision ? "Deploying Revision." : null);
        desired["conditions"] = kind.IsService
            ? new JsonArray(
                newRevision ? Conditions.Reconciling("ConfigurationsReady", now) : Conditions.Succeeded("ConfigurationsReady", now),
                Conditions.Reconciling("RoutesReady", now))
            : new JsonArray(Conditions.Reconciling("ConfigurationsReady", now));
        string? revisionName = null;
        if (newRevision)
        {
            var asked = desired.Child("template").Text("revision");
            var shortName = asked.Length > 0 ? asked : RevisionMaker.NewName(request.Name, generation, ids);
            var revision = RevisionMaker.Create(desired, shortName, geography.Project, request.Caller, now, ids);
            revisionName = revision.Text("name");
            desired["latestCreatedRevision"] = revisionName;
            if (!request.ValidateOnly)
            {
                store.Put(revision);
            }
        }

        desired = MessageReader.Canonical(desired, kind.Message);
        if (!request.ValidateOnly)
        {
            store.Put(desired);
        }

        return new Written(kind, desired, revisionName, Changed: true);
    }

    private static bool SameTemplate(JsonObject stored, JsonObject desired)
    {
        var (before, after) = (stored.Child("template").Copy(), desired.Child("template").Copy());
        before.Remove("revision");
        after.Remove("revision");
        return JsonNode.DeepEquals(before, after);
    }

    /// <summary>Whether all that a client may write outside the template is the same; an etag is no setting.</summary>
    private static bool SameSettings(JsonObject stored, JsonObject desired, ParentKind kind)
    {
        var type = Schema.Message(kind.Message);
        return type.Fields
            .Where(static f => !f.OutputOnly && f.Name is not ("name" or "etag" or "template"))
            .All(f => JsonNode.DeepEquals(stored[f.Name], desired[f.Name]));
    }
}
