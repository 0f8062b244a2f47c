using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>Ends what a write began: the revision becomes ready or fails, traffic follows where a target says LATEST.</summary>
internal sealed class Rollout(Store store)
{
    /// <summary>Ends a write. The resource as it is then, or why the operation failed.</summary>
    public ApiResult<JsonObject> End(Written written, DateTimeOffset now, RevisionFailure? failure)
    {
        var name = written.Resource.Text("name");
        if (written.Revision is { } revisionName && store.Find(revisionName) is { } revision)
        {
            store.Put(failure is null ? RevisionMaker.Ready(revision, now) : RevisionMaker.Failed(revision, now, failure));
        }

        if (store.Find(name) is not { } current)
        {
            return ApiError.Aborted($"Resource '{ResourceName.Short(name)}' was deleted during the operation.");
        }

        var resource = current.Copy();
        if (failure is null && written.Revision is not null)
        {
            resource["latestReadyRevision"] = written.Revision;
        }

        // A later write has its own end: until then the resource stays reconciling.
        if (resource.Long("generation") == written.Resource.Long("generation"))
        {
            Settle(resource, written.Kind, now);
        }

        resource = MessageReader.Canonical(resource, written.Kind.Message);
        store.Put(resource);
        RefreshActivity(resource, written.Kind, now);
        return failure is null || written.Revision is null
            ? resource
            : ApiError.FailedPrecondition(resource.Child("terminalCondition").Text("message"));
    }

    private void Settle(JsonObject resource, ParentKind kind, DateTimeOffset now)
    {
        resource.Remove("reconciling");
        resource["observedGeneration"] = resource.Text("generation");
        resource[kind.StatusKey] = Split.Statuses(resource, kind);

        // The latest created revision decides, also after a change that made none: a service whose last deploy failed stays failed.
        var latest = store.Find(resource.Text("latestCreatedRevision"));
        var ready = latest is null ? null : Conditions.Find(latest, "Ready");
        if (ready?.Text("state") == "CONDITION_FAILED")
        {
            var message = $"Revision '{ResourceName.Short(latest!.Text("name"))}' is not ready and cannot serve traffic. {ready.Text("message")}";
            resource["terminalCondition"] = Conditions.Failed("Ready", now, message, "reason", "REVISION_FAILED");
            resource["conditions"] = Both(kind, now, Conditions.Failed("ConfigurationsReady", now, message, "reason", "REVISION_FAILED"));
            return;
        }

        resource["terminalCondition"] = Conditions.Succeeded("Ready", now);
        resource["conditions"] = Both(kind, now, Conditions.Succeeded("ConfigurationsReady", now));
    }

    private static JsonArray Both(ParentKind kind, DateTimeOffset now, JsonObject configurations) =>
        kind.IsService ? new JsonArray(Conditions.Succeeded("RoutesReady", now), configurations) : new JsonArray(configurations);

    private void RefreshActivity(JsonObject resource, ParentKind kind, DateTimeOffset now)
    {
        foreach (var revision in store.List($"{resource.Text("name")}/revisions/-"))
        {
            var (percent, tagged) = Split.ShareOf(resource, kind, ResourceName.Short(revision.Text("name")));
            var scaling = EffectiveScaling.Of(resource, kind, revision);
            store.Put(RevisionMaker.WithActivity(revision, percent > 0 || tagged, scaling.Manual ?? scaling.Min, now));
        }
    }
}
