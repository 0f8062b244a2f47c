using OpsConsole.Web.Simulator.CloudRun.Deploy;

namespace OpsConsole.Web.Simulator.CloudRun.Api;

/// <summary>Revisions of services and of worker pools: google/cloud/run/v2/revision.proto. They are made by changing their parent.</summary>
internal sealed class RevisionsApi(ParentKind kind, Store store, Remover remover, Mutations mutations, Action<string> changed)
{
    public void Map(ApiRoutes routes)
    {
        var path = kind.Collection + "/{parent}/revisions";

        // "To list all Revisions in a location, use "services/-/revisions"". The same for worker pools is UNCONFIRMED.
        routes.Map("GET", path, "run.revisions.list", "pageSize pageToken showDeleted", List);
        routes.Map("GET", path + "/{id}", "run.revisions.get", "", Get);
        routes.Map("DELETE", path + "/{id}", "run.revisions.delete", "validateOnly etag", Delete);
    }

    private string ParentOf(ApiRequest request) => $"{request.Location}/{kind.Collection}/{request.Route("parent")}";

    private Reply List(ApiRequest request)
    {
        var scope = $"{ParentOf(request)}/revisions";
        var page = Paging.Page(store.List($"{scope}/-", request.ShowDeleted), "revisions", scope, request.PageSize, request.PageToken);
        return Reply.List(page, "revisions", "Revision");
    }

    private Reply Get(ApiRequest request)
    {
        var name = $"{ParentOf(request)}/revisions/{request.Route("id")}";
        return store.Find(name) is { } revision ? Reply.Resource(revision, "Revision") : ParentWriter.NotFound(name, "REVISION");
    }

    private Reply Delete(ApiRequest request)
    {
        var name = $"{ParentOf(request)}/revisions/{request.Route("id")}";
        var call = new AuditCall("Revisions.DeleteRevision", "run.revisions.delete", name, request.Caller);
        lock (store.Gate)
        {
            if (store.Find(name) is not { } revision)
            {
                return ParentWriter.NotFound(name, "REVISION");
            }

            var result = remover.Remove(revision, "Revision", request.Query("etag"), request.Now, request.ValidateOnly);
            if (result.Value is not { } deleted)
            {
                return request.ValidateOnly ? result.Error! : mutations.Refuse(call, result.Error!);
            }

            if (request.ValidateOnly)
            {
                return mutations.DryRun("Revision", deleted);
            }

            changed(ParentOf(request));
            return mutations.Start(call, "Revision", deleted, (_, _) => deleted);
        }
    }
}
