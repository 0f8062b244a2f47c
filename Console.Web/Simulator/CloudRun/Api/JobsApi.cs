using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Deploy;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Api;

/// <summary>Jobs: google/cloud/run/v2/job.proto.</summary>
internal sealed class JobsApi(
    Store store, JobWriter writer, ExecutionRunner runner, Remover remover, Mutations mutations, AuditLog audit)
{
    public void Map(ApiRoutes routes)
    {
        routes.Map("GET", "jobs", "run.jobs.list", "pageSize pageToken showDeleted", List);
        routes.Map("GET", "jobs/{id}", "run.jobs.get", "", Get);
        routes.Map("POST", "jobs", "run.jobs.create", "jobId validateOnly", CreateAsync);
        routes.Map("PATCH", "jobs/{id}", "run.jobs.update", "validateOnly allowMissing", PatchAsync);
        routes.Map("DELETE", "jobs/{id}", "run.jobs.delete", "validateOnly etag", Delete);
        routes.Map("POST", "jobs/{id}:run", "run.jobs.run", "", RunAsync);
    }

    private static string NameOf(ApiRequest request) => $"{request.Location}/jobs/{request.Route("id")}";

    private Reply List(ApiRequest request)
    {
        var scope = $"{request.Location}/jobs";
        var page = Paging.Page(store.List($"{scope}/-", request.ShowDeleted), "jobs", scope, request.PageSize, request.PageToken);
        return Reply.List(page, "jobs", "Job");
    }

    private Reply Get(ApiRequest request) =>
        store.Find(NameOf(request)) is { } job ? Reply.Resource(job, "Job") : ParentWriter.NotFound(NameOf(request), "JOB");

    private async Task<Reply> CreateAsync(ApiRequest request)
    {
        var id = request.Query("jobId") ?? "";
        return ResourceId.IsValid(id)
            ? await WriteAsync(request, $"{request.Location}/jobs/{id}", static (_, _) => true)
            : ResourceId.Error("job_id", id);
    }

    private Task<Reply> PatchAsync(ApiRequest request) =>
        WriteAsync(request, NameOf(request), static (asked, missing) => missing && asked.Flag("allowMissing"));

    private async Task<Reply> WriteAsync(ApiRequest request, string name, Func<ApiRequest, bool, bool> creates)
    {
        var body = await request.MessageAsync("Job");
        if (body.Error is { } error)
        {
            return error;
        }

        lock (store.Gate)
        {
            var create = creates(request, store.Find(name) is null);
            var write = new WriteRequest(name, body.Value!, FieldMask.Parse(null, "Job", out _)!, request.Caller, request.Now)
            {
                ValidateOnly = request.ValidateOnly,
            };
            var call = new AuditCall(create ? "Jobs.CreateJob" : "Jobs.UpdateJob", create ? "run.jobs.create" : "run.jobs.update", name, request.Caller)
            {
                Request = body.Value,
            };
            var result = create ? writer.Create(write) : writer.Update(write);
            if (result.Value is not { } job)
            {
                return request.ValidateOnly ? result.Error! : mutations.Refuse(call, result.Error!);
            }

            if (request.ValidateOnly)
            {
                return mutations.DryRun("Job", job);
            }

            return mutations.Start(call, "Job", job, (now, _) =>
            {
                audit.ReadyChanged(create ? "/Jobs.CreateJob" : "/Jobs.ReplaceJob", "Job", name, now, ready: true, "");
                return writer.End(name, now);
            });
        }
    }

    private Reply Delete(ApiRequest request)
    {
        var name = NameOf(request);
        var call = new AuditCall("Jobs.DeleteJob", "run.jobs.delete", name, request.Caller);
        lock (store.Gate)
        {
            if (store.Find(name) is not { } job)
            {
                return ParentWriter.NotFound(name, "JOB");
            }

            var result = remover.Remove(job, "Job", request.Query("etag"), request.Now, request.ValidateOnly);
            return result.Value is not { } deleted ? mutations.Refuse(call, result.Error!)
                : request.ValidateOnly ? mutations.DryRun("Job", deleted)
                : mutations.Start(call, "Job", deleted, (_, _) => deleted);
        }
    }

    /// <summary>
    /// The operation of a run ends when the execution ends (UNCONFIRMED): clients take the execution's name from the metadata at once.
    /// </summary>
    private async Task<Reply> RunAsync(ApiRequest request)
    {
        var body = await request.JsonAsync();
        if (body.Error is { } error)
        {
            return error;
        }

        var name = NameOf(request);
        var call = new AuditCall("Jobs.RunJob", "run.jobs.run", name, request.Caller) { Request = body.Value };
        lock (store.Gate)
        {
            if (store.Find(name) is not { } job)
            {
                return ParentWriter.NotFound(name, "JOB");
            }

            if (Etag.Check(body.Value!.Text("etag"), job) is { } conflict)
            {
                return mutations.Refuse(call, conflict);
            }

            var validateOnly = body.Value!.Flag("validateOnly");
            var execution = runner.Start(job, body.Value!.Child("overrides"), request.Caller, request.Now, validateOnly);
            return validateOnly
                ? mutations.DryRun("Execution", execution)
                : mutations.Start(call, "Execution", execution, (now, fate) => End(execution, now, fate.Failure is not null));
        }
    }

    private ApiResult<JsonObject> End(JsonObject execution, DateTimeOffset now, bool fails)
    {
        var name = execution.Text("name");
        var result = runner.End(name, now, fails ? int.MaxValue : 0);
        var text = result.Error?.Message ?? $"Execution {ResourceName.Short(name)} has completed successfully.";

        // Each failed execution: /Jobs.RunJob, severity ERROR, status.code 10.
        audit.SystemEvent("/Jobs.RunJob", name, now, result.Error?.Grpc, text);
        return result;
    }
}
