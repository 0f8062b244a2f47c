using System.Globalization;
using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Wire;
using OpsConsole.Web.Simulator.Logging;
using OpsConsole.Web.Simulator.Workload;

namespace OpsConsole.Web.Simulator.CloudRun.Deploy;

/// <summary>Runs jobs: an execution and its tasks, from pending to completed, failed or cancelled.</summary>
internal sealed class ExecutionRunner(Store store, Geography geography, Ids ids, LogStore logs)
{
    /// <summary>Starts an execution of a job, with the overrides of the <c>:run</c> body.</summary>
    public JsonObject Start(JsonObject job, JsonObject overrides, Caller caller, DateTimeOffset now, bool validateOnly)
    {
        var jobName = job.Text("name");
        var jobId = ResourceName.Short(jobName);
        var name = $"{jobName}/executions/{jobId}-{ids.Suffix()}{ids.Suffix()[..2]}";
        var template = job.Child("template");
        var task = template.Child("template").Copy();
        Override(task, overrides);
        var taskCount = overrides.Number("taskCount") > 0 ? overrides.Number("taskCount") : template.Number("taskCount");
        var execution = new JsonObject
        {
            ["name"] = name,
            ["uid"] = ids.Uuid(),
            ["creator"] = caller.Email,
            ["generation"] = "1",
            ["createTime"] = WireTime.Timestamp(now),
            ["startTime"] = WireTime.Timestamp(now),
            ["updateTime"] = WireTime.Timestamp(now),
            ["launchStage"] = job["launchStage"]?.DeepClone(),
            ["job"] = jobId,
            ["parallelism"] = template.Number("parallelism"),
            ["taskCount"] = taskCount,
            ["template"] = task.DeepClone(),
            ["reconciling"] = true,

            // v2 has no terminalCondition here. That the type is "Completed", as in v1, is UNCONFIRMED.
            ["conditions"] = new JsonArray(
                Conditions.Reconciling("Completed", now, "Waiting for execution to complete."),
                Conditions.Succeeded("ResourcesAvailable", now, "Provisioned imported containers."),
                Conditions.Succeeded("Started", now, "Started deployed execution.")),
            ["runningCount"] = taskCount,
            ["logUri"] = $"https://console.cloud.google.com/logs/viewer?project={geography.Project}&resource=cloud_run_job/job_name/{jobId}",
            ["etag"] = Etag.Of(name, now),
        };
        execution = MessageReader.Canonical(execution, "Execution");
        if (validateOnly)
        {
            return execution;
        }

        store.Put(execution);
        for (var i = 0; i < taskCount; i++)
        {
            store.Put(NewTask(execution, task, i, now));
        }

        Reference(job, execution, "EXECUTION_RUNNING", created: true);
        return execution;
    }

    /// <summary>Ends an execution, unless it ended before.</summary>
    public ApiResult<JsonObject> End(string name, DateTimeOffset now, int failedTasks)
    {
        if (store.Find(name) is not { } running)
        {
            return ApiError.Aborted($"Execution '{ResourceName.Short(name)}' was deleted during the operation.");
        }

        if (running["completionTime"] is null)
        {
            var total = running.Number("taskCount");
            var failed = Math.Min(failedTasks, total);
            var ended = Ended(running, now);
            ended["succeededCount"] = total - failed;
            ended["failedCount"] = failed;
            ended["retriedCount"] = failed > 0 ? running.Child("template").Number("maxRetries") : 0;
            var text = $"Execution {ResourceName.Short(name)} has failed to complete, {total - failed}/{total} tasks were a success.";
            SetCompleted(ended, failed == 0
                ? Conditions.Succeeded("Completed", now, "Execution completed successfully.")
                : Conditions.Failed("Completed", now, text, "executionReason", "NON_ZERO_EXIT_CODE"));
            EndTasks(ended, now, failed, cancelled: false);
            running = Finish(ended, failed == 0 ? "EXECUTION_SUCCEEDED" : "EXECUTION_FAILED");
        }

        var completed = Conditions.Find(running, "Completed")!;
        return completed.Text("state") == "CONDITION_SUCCEEDED" ? running : ApiError.Aborted(completed.Text("message"));
    }

    /// <summary>Cancels an execution that runs.</summary>
    public ApiResult<JsonObject> Cancel(JsonObject execution, DateTimeOffset now)
    {
        if (execution["completionTime"] is not null)
        {
            return ApiError.FailedPrecondition($"Execution '{ResourceName.Short(execution.Text("name"))}' is already completed.");
        }

        var ended = Ended(execution, now);
        ended["cancelledCount"] = execution.Number("taskCount");
        SetCompleted(ended, Conditions.Failed("Completed", now, "The execution was cancelled.", "executionReason", "CANCELLED"));
        EndTasks(ended, now, 0, cancelled: true);
        return Finish(ended, "EXECUTION_CANCELLED");
    }

    private static JsonObject Ended(JsonObject execution, DateTimeOffset now)
    {
        var ended = execution.Copy();
        ended.Remove("reconciling");
        ended.Remove("runningCount");
        ended["observedGeneration"] = ended.Text("generation");
        ended["completionTime"] = WireTime.Timestamp(now);
        ended["updateTime"] = WireTime.Timestamp(now);
        return ended;
    }

    private static void SetCompleted(JsonObject execution, JsonObject condition)
    {
        var conditions = (JsonArray)execution["conditions"]!;
        conditions[conditions.IndexOf(Conditions.Find(execution, "Completed"))] = condition;
    }

    private JsonObject Finish(JsonObject execution, string status)
    {
        var finished = MessageReader.Canonical(execution, "Execution");
        store.Put(finished);
        if (store.Find(ResourceName.Parent(finished.Text("name"))) is { } job)
        {
            Reference(job, finished, status, created: false);
        }

        return finished;
    }

    private void Reference(JsonObject job, JsonObject execution, string status, bool created)
    {
        var id = ResourceName.Short(execution.Text("name"));
        if (!created && job.Child("latestCreatedExecution").Text("name") != id)
        {
            return;
        }

        var changed = job.Copy();
        changed["executionCount"] = job.Number("executionCount") + (created ? 1 : 0);
        changed["latestCreatedExecution"] = new JsonObject
        {
            // The short name; whether it is the full one is UNCONFIRMED: take the last segment.
            ["name"] = id,
            ["createTime"] = execution["createTime"]?.DeepClone(),
            ["completionTime"] = execution["completionTime"]?.DeepClone(),
            ["completionStatus"] = status,
        };
        store.Put(MessageReader.Canonical(changed, "Job"));
    }

    private JsonObject NewTask(JsonObject execution, JsonObject template, int index, DateTimeOffset now)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{execution.Text("name")}/tasks/{ResourceName.Short(execution.Text("name"))}-task{index}");
        var task = template.Copy();
        task["name"] = name;
        task["uid"] = ids.Uuid();
        task["generation"] = "1";
        task["createTime"] = WireTime.Timestamp(now);
        task["scheduledTime"] = WireTime.Timestamp(now);
        task["startTime"] = WireTime.Timestamp(now);
        task["updateTime"] = WireTime.Timestamp(now);
        task["job"] = execution.Text("job");
        task["execution"] = ResourceName.Short(execution.Text("name"));
        task["index"] = index;
        task["reconciling"] = true;
        task["conditions"] = new JsonArray(Conditions.Reconciling("Completed", now));
        task["logUri"] = execution.Text("logUri");
        task["etag"] = Etag.Of(name, now);
        return MessageReader.Canonical(task, "Task");
    }

    private void EndTasks(JsonObject execution, DateTimeOffset now, int failed, bool cancelled)
    {
        foreach (var stored in store.List($"{execution.Text("name")}/tasks/-"))
        {
            var task = stored.Copy();
            task.Remove("reconciling");
            task["observedGeneration"] = "1";
            task["completionTime"] = WireTime.Timestamp(now);
            task["updateTime"] = WireTime.Timestamp(now);
            var fails = task.Number("index") < failed;
            task["retried"] = fails ? task.Number("maxRetries") : 0;
            task["conditions"] = new JsonArray(
                cancelled ? Conditions.Failed("Completed", now, "The task was cancelled.", "executionReason", "CANCELLED")
                : fails ? Conditions.Failed("Completed", now, "The container exited with an error.", "executionReason", "NON_ZERO_EXIT_CODE")
                : Conditions.Succeeded("Completed", now));

            // Exit code 0 is a default, and left out.
            task["lastAttemptResult"] = fails
                ? new JsonObject { ["status"] = new JsonObject { ["code"] = 2, ["message"] = "The container exited with an error." }, ["exitCode"] = 1 }
                : cancelled ? null : new JsonObject { ["status"] = new JsonObject() };
            store.Put(MessageReader.Canonical(task, "Task"));
            if (!cancelled && WireTime.TryTimestamp(task.Text("startTime"), out var started))
            {
                var name = execution.Text("name");
                JobEntries.Task(
                    logs, geography.Project, ResourceName.LocationOf(name), task.Text("job"), ResourceName.Short(name), task.Number("index"), started, now, fails);
            }
        }
    }

    private static void Override(JsonObject task, JsonObject overrides)
    {
        if (overrides["timeout"] is { } timeout)
        {
            task["timeout"] = timeout.DeepClone();
        }

        var containers = task.Children("containers").ToList();
        foreach (var change in overrides.Children("containerOverrides"))
        {
            var name = change.Text("name");
            if (containers.FirstOrDefault(c => name.Length == 0 || c.Text("name") == name) is not { } container)
            {
                continue;
            }

            if (change["args"] is not null || change.Flag("clearArgs"))
            {
                container["args"] = change["args"]?.DeepClone();
            }

            if (change["env"] is JsonArray variables)
            {
                var kept = container.Children("env").Where(v => !variables.OfType<JsonObject>().Any(o => o.Text("name") == v.Text("name")));
                container["env"] = new JsonArray([.. kept.Concat(variables.OfType<JsonObject>()).Select(static v => v.DeepClone())]);
            }
        }
    }
}
