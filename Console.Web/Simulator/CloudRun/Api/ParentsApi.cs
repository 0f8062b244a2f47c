using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Deploy;
using OpsConsole.Web.Simulator.CloudRun.Wire;
using OpsConsole.Web.Simulator.Control;

namespace OpsConsole.Web.Simulator.CloudRun.Api;

/// <summary>Services and worker pools: google/cloud/run/v2/service.proto and worker_pool.proto.</summary>
internal sealed class ParentsApi(
    ParentKind kind, Store store, Geography geography, ParentWriter writer, Rollout rollout, Remover remover, Mutations mutations,
    AuditLog audit, FaultBook faults, Action<string> changed)
{
    private readonly string item = kind.IsService ? "service" : "workerPool";

    // Permissions of worker pools are all lower case: run.workerpools.update.
    private string Permission(string verb) => $"run.{kind.Collection.ToLowerInvariant()}.{verb}";

    private string NameOf(ApiRequest request) => $"{request.Location}/{kind.Collection}/{request.Route("id")}";

    public void Map(ApiRoutes routes)
    {
        routes.Map("GET", kind.Collection, Permission("list"), "pageSize pageToken showDeleted", List, anyRegion: kind.IsService);
        routes.Map("GET", kind.Collection + "/{id}", Permission("get"), "", Get);
        routes.Map("POST", kind.Collection, Permission("create"), $"{item}Id validateOnly", CreateAsync);
        var parameters = kind.IsService ? "updateMask validateOnly allowMissing" : "updateMask validateOnly allowMissing forceNewRevision";
        routes.Map("PATCH", kind.Collection + "/{id}", Permission("update"), parameters, PatchAsync);
        routes.Map("DELETE", kind.Collection + "/{id}", Permission("delete"), "validateOnly etag", Delete);
    }

    private Reply List(ApiRequest request)
    {
        var down = request.Region == "-" ? Down() : [];
        var items = store.List($"{request.Location}/{kind.Collection}/-", request.ShowDeleted)
            .Where(resource => !down.Contains(ResourceName.LocationOf(resource.Text("name")), StringComparer.Ordinal))
            .ToList();
        var page = Paging.Page(items, kind.Collection, $"{request.Location}/{kind.Collection}", request.PageSize, request.PageToken);
        if (page.Value is { } response && down.Count > 0)
        {
            // "For global requests, returns the list of regions that could not be reached": as names or ids is UNCONFIRMED.
            response["unreachable"] = new JsonArray([.. down.Select(region => JsonValue.Create(geography.Location(region)))]);
        }

        return Reply.List(page, kind.Collection, kind.Message);
    }

    private List<string> Down() =>
        [.. faults.List().Where(static f => f.Kind == FaultKind.RegionDown && f.Region is not null).Select(static f => f.Region!).Distinct(StringComparer.Ordinal)];

    private Reply Get(ApiRequest request) =>
        store.Find(NameOf(request)) is { } resource ? Reply.Resource(resource, kind.Message) : ParentWriter.NotFound(NameOf(request), kind.Kind);

    private async Task<Reply> CreateAsync(ApiRequest request)
    {
        var body = await request.MessageAsync(kind.Message);
        if (body.Error is { } error)
        {
            return error;
        }

        var id = request.Query(item + "Id") ?? "";
        if (!ResourceId.IsValid(id))
        {
            return ResourceId.Error(item + "_id", id);
        }

        var mask = FieldMask.Parse(null, kind.Message, out _)!;
        var write = new WriteRequest($"{request.Location}/{kind.Collection}/{id}", body.Value!, mask, request.Caller, request.Now)
        {
            ValidateOnly = request.ValidateOnly,
        };
        return Write(write, create: true);
    }

    private async Task<Reply> PatchAsync(ApiRequest request)
    {
        var body = await request.MessageAsync(kind.Message);
        if (body.Error is { } error)
        {
            return error;
        }

        if (FieldMask.Parse(request.Query("updateMask"), kind.Message, out var problem) is not { } mask)
        {
            return ApiError.Malformed([new Wire.FieldViolation("update_mask", $"Invalid field path in update_mask: '{problem}'.")]);
        }

        var write = new WriteRequest(NameOf(request), body.Value!, mask, request.Caller, request.Now)
        {
            ValidateOnly = request.ValidateOnly,
            ForceNewRevision = request.Flag("forceNewRevision"),
        };
        return Write(write, create: request.Flag("allowMissing") && store.Find(write.Name) is null);
    }

    private Reply Write(WriteRequest write, bool create)
    {
        var verb = create ? "Create" : "Update";
        var call = new AuditCall($"{kind.Message}s.{verb}{kind.Message}", Permission(create ? "create" : "update"), write.Name, write.Caller)
        {
            Request = write.Body,
        };
        lock (store.Gate)
        {
            var result = create ? writer.Create(write, kind) : writer.Update(write, kind);
            if (result.Value is not { } written)
            {
                return write.ValidateOnly ? result.Error! : mutations.Refuse(call, result.Error!);
            }

            if (write.ValidateOnly)
            {
                return mutations.DryRun(kind.Message, written.Resource);
            }

            if (written.Changed)
            {
                changed(write.Name);
            }

            return mutations.Start(
                call, kind.Message, written.Resource, (now, fate) => End(written, now, fate.Failure, create), immediate: !written.Changed);
        }
    }

    private ApiResult<JsonObject> End(Written written, DateTimeOffset now, RevisionFailure? failure, bool created)
    {
        if (!written.Changed)
        {
            return written.Resource;
        }

        var result = rollout.End(written, now, failure);
        new ReadinessEvents(store, audit).Write(written, created ? "Create" : "Replace", now);
        changed(written.Resource.Text("name"));
        return result;
    }

    private Reply Delete(ApiRequest request)
    {
        var name = NameOf(request);
        var call = new AuditCall($"{kind.Message}s.Delete{kind.Message}", Permission("delete"), name, request.Caller);
        lock (store.Gate)
        {
            if (store.Find(name) is not { } resource)
            {
                return ParentWriter.NotFound(name, kind.Kind);
            }

            var result = remover.Remove(resource, kind.Message, request.Query("etag"), request.Now, request.ValidateOnly);
            if (result.Value is not { } deleted)
            {
                return request.ValidateOnly ? result.Error! : mutations.Refuse(call, result.Error!);
            }

            if (request.ValidateOnly)
            {
                return mutations.DryRun(kind.Message, deleted);
            }

            changed(name);
            return mutations.Start(call, kind.Message, deleted, (_, _) => deleted);
        }
    }
}
