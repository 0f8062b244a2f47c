using OpsConsole.Web.Simulator.CloudRun.Deploy;

namespace OpsConsole.Web.Simulator.CloudRun.Api;

/// <summary>Executions and their tasks: google/cloud/run/v2/execution.proto and task.proto.</summary>
internal sealed class ExecutionsApi(Store store, ExecutionRunner runner, Remover remover, Mutations mutations)
{
    private const string Executions = "jobs/{job}/executions";

    private const string Tasks = Executions + "/{execution}/tasks";

    public void Map(ApiRoutes routes)
    {
        // Documented wildcards: jobs/-/executions, jobs/J/executions/-/tasks, jobs/-/executions/-/tasks.
        routes.Map("GET", Executions, "run.executions.list", "pageSize pageToken showDeleted", ListExecutions);
        routes.Map("GET", Executions + "/{execution}", "run.executions.get", "", GetExecution);
        routes.Map("DELETE", Executions + "/{execution}", "run.executions.delete", "validateOnly etag", Delete);
        routes.Map("POST", Executions + "/{execution}:cancel", "run.executions.cancel", "", CancelAsync);
        routes.Map("GET", Tasks, "run.tasks.list", "pageSize pageToken showDeleted", ListTasks);
        routes.Map("GET", Tasks + "/{task}", "run.tasks.get", "", GetTask);
    }

    private static string NameOf(ApiRequest request) => $"{request.Location}/jobs/{request.Route("job")}/executions/{request.Route("execution")}";

    private Reply ListExecutions(ApiRequest request) => List(request, $"{request.Location}/jobs/{request.Route("job")}/executions", "executions", "Execution");

    private Reply ListTasks(ApiRequest request) => List(request, NameOf(request) + "/tasks", "tasks", "Task");

    private Reply List(ApiRequest request, string scope, string key, string message)
    {
        var page = Paging.Page(store.List($"{scope}/-", request.ShowDeleted), key, scope, request.PageSize, request.PageToken);
        return Reply.List(page, key, message);
    }

    private Reply GetExecution(ApiRequest request) =>
        store.Find(NameOf(request)) is { } execution ? Reply.Resource(execution, "Execution") : ParentWriter.NotFound(NameOf(request), "EXECUTION");

    private Reply GetTask(ApiRequest request)
    {
        var name = $"{NameOf(request)}/tasks/{request.Route("task")}";
        return store.Find(name) is { } task ? Reply.Resource(task, "Task") : ParentWriter.NotFound(name, "TASK");
    }

    private Reply Delete(ApiRequest request)
    {
        var name = NameOf(request);
        var call = new AuditCall("Executions.DeleteExecution", "run.executions.delete", name, request.Caller);
        lock (store.Gate)
        {
            if (store.Find(name) is not { } execution)
            {
                return ParentWriter.NotFound(name, "EXECUTION");
            }

            var result = remover.Remove(execution, "Execution", request.Query("etag"), request.Now, request.ValidateOnly);
            return result.Value is not { } deleted ? mutations.Refuse(call, result.Error!)
                : request.ValidateOnly ? mutations.DryRun("Execution", deleted)
                : mutations.Start(call, "Execution", deleted, (_, _) => deleted);
        }
    }

    private async Task<Reply> CancelAsync(ApiRequest request)
    {
        var body = await request.JsonAsync();
        if (body.Error is { } error)
        {
            return error;
        }

        var name = NameOf(request);
        var call = new AuditCall("Executions.CancelExecution", "run.executions.cancel", name, request.Caller) { Request = body.Value };
        lock (store.Gate)
        {
            if (store.Find(name) is not { } execution)
            {
                return ParentWriter.NotFound(name, "EXECUTION");
            }

            if (Etag.Check(body.Value!.Text("etag"), execution) is { } conflict)
            {
                return mutations.Refuse(call, conflict);
            }

            if (body.Value!.Flag("validateOnly"))
            {
                return mutations.DryRun("Execution", execution);
            }

            var result = runner.Cancel(execution, request.Now);
            return result.Value is { } cancelled
                ? mutations.Start(call, "Execution", cancelled, (_, _) => cancelled)
                : mutations.Refuse(call, result.Error!);
        }
    }
}
