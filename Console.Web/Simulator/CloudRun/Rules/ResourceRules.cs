using System.Text.Json.Nodes;
using OpsConsole.Web.Simulator.CloudRun.Deploy;

namespace OpsConsole.Web.Simulator.CloudRun.Rules;

/// <summary>All rules for one kind of resource, in the order in which their refusals are given.</summary>
internal static class ResourceRules
{
    /// <summary>Checks a Service or WorkerPool with its defaults filled in; <paramref name="revisions"/> are the short names it may send traffic to.</summary>
    public static ApiError? Check(JsonObject parent, ParentKind kind, IReadOnlySet<string> revisions)
    {
        var template = new Template(parent.Child("template"));
        var common = LabelRules.Check(parent, "")
            ?? LabelRules.Check(template.Json, "template")
            ?? CheckDescription(parent)
            ?? ContainerRules.Check(template, kind.IsService);
        if (common is not null)
        {
            return common;
        }

        return kind.IsService
            ? CpuMemoryRules.Check(template)
                ?? GpuRules.Check(template)
                ?? LimitRules.Check(template)
                ?? ScalingRules.Check(parent, template)
                ?? SplitRules.Check(parent, kind, revisions)
            : CheckPool(parent, template) ?? SplitRules.Check(parent, kind, revisions);
    }

    /// <summary>Checks a Job with its defaults filled in.</summary>
    public static ApiError? CheckJob(JsonObject job)
    {
        var template = new Template(job.Child("template").Child("template"));
        var execution = job.Child("template");
        return LabelRules.Check(job, "")
            ?? ContainerRules.Check(template, takesRequests: false)
            ?? CpuMemoryRules.CheckAmounts(template)
            ?? (template.Json.Text("executionEnvironment") == "EXECUTION_ENVIRONMENT_GEN1"

                // The published text is cut after "is".
                ? ApiError.InvalidArgument("Annotation 'run.googleapis.com/execution-environment' with value 'gen1' is not supported for jobs.")
                : null)
            ?? (template.Json.Number("maxRetries") is < 0 or > 10
                ? ApiError.InvalidArgument("template.template.max_retries: The value must be between 0 and 10.")
                : null)
            ?? (execution.Number("taskCount") is < 1 or > 10_000
                ? ApiError.InvalidArgument("template.task_count: The value must be between 1 and 10000.")
                : null);
    }

    // "Worker pools: second generation, always-on CPU, at least 1 CPU."
    private static ApiError? CheckPool(JsonObject pool, Template template) =>
        CpuMemoryRules.CheckAmounts(template)
        ?? (template.MilliCpu < 1000
            ? ApiError.InvalidArgument("template.containers.resources.limits.cpu: Invalid value specified for cpu. Total cpu < 1 is not supported with cpu always allocated (unthrottled).")
            : null)
        ?? ScalingRules.CheckPool(pool);

    // "This field currently has a 512-character limit" (service.proto).
    private static ApiError? CheckDescription(JsonObject parent) =>
        parent.Text("description").Length > 512
            ? ApiError.InvalidArgument("description: The description must not be longer than 512 characters.")
            : null;
}
