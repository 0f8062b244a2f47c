using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Rules;
using OpsConsole.Web.Simulator.CloudRun.Wire;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>Writes jobs. A patch has no mask and replaces the whole job: clients read, change and write.</summary>
internal sealed class JobWriter(Store store, Geography geography, Ids ids)
{
    public ApiResult<JsonObject> Create(WriteRequest request)
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
        return Write(desired, stored: null, request);
    }

    public ApiResult<JsonObject> Update(WriteRequest request)
    {
        if (store.Find(request.Name) is not { } stored)
        {
            return ParentWriter.NotFound(request.Name, "JOB");
        }

        return Etag.Check(request.Body.Text("etag"), stored) is { } conflict
            ? conflict
            : Write(request.Mask.Apply(stored, request.Body, "Job"), stored, request);
    }

    /// <summary>Ends a write: the job is ready.</summary>
    public ApiResult<JsonObject> End(string name, DateTimeOffset now)
    {
        if (store.Find(name) is not { } current)
        {
            return ApiError.Aborted($"Resource '{ResourceName.Short(name)}' was deleted during the operation.");
        }

        var job = current.Copy();
        job.Remove("reconciling");
        job["observedGeneration"] = job.Text("generation");
        job["terminalCondition"] = Conditions.Succeeded("Ready", now);
        job["conditions"] = new JsonArray(Conditions.Succeeded("ResourcesAvailable", now));
        job = MessageReader.Canonical(job, "Job");
        store.Put(job);
        return job;
    }

    private ApiResult<JsonObject> Write(JsonObject desired, JsonObject? stored, WriteRequest request)
    {
        Defaults.FillJob(desired, geography.ProjectNumber);
        if (ResourceRules.CheckJob(desired) is { } refused)
        {
            return refused;
        }

        var now = request.Now;
        if (stored is not null && WireTime.TryTimestamp(stored.Text("updateTime"), out var last) && now <= last)
        {
            now = last.AddMicroseconds(1);
        }

        desired["generation"] = ((stored?.Long("generation") ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
        desired["updateTime"] = WireTime.Timestamp(now);
        desired["lastModifier"] = request.Caller.Email;
        desired["etag"] = Etag.Of(request.Name, now);
        desired["reconciling"] = true;
        desired["terminalCondition"] = Conditions.Reconciling("Ready", now);
        desired["conditions"] = new JsonArray(Conditions.Reconciling("ResourcesAvailable", now));
        desired = MessageReader.Canonical(desired, "Job");
        if (!request.ValidateOnly)
        {
            store.Put(desired);
        }

        return desired;
    }
}
