using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Rules;

/// <summary>
/// Less than one CPU needs concurrency 1, the first generation and request-based billing
/// (https://cloud.google.com/run/docs/configuring/services/cpu; Cloud Run: "Total cpu &lt; 1 is not supported with …").
/// </summary>
internal sealed class SmallCpuRule : IRule
{
    public Violation? Find(ServiceDocument document, Func<string, bool> changed)
    {
        if (document.CpuMillis >= 1000)
        {
            return null;
        }

        var oneCpu = Sizes.CpuOf(document, 1000);
        if (document.CpuAlways)
        {
            return new Violation(
                changed("limits[cpu]") && !changed("cpuIdle") ? "template.containers.resources.limits.cpu" : "template.containers.resources.cpuIdle",
                "CPU always allocated needs at least one CPU.",
                oneCpu);
        }

        if (document.Concurrency > 1)
        {
            return changed("maxInstanceRequestConcurrency") && !changed("limits[cpu]")
                ? new Violation("template.maxInstanceRequestConcurrency", "With less than one CPU, an instance takes one request at a time.", new SetConcurrency(1))
                : new Violation("template.containers.resources.limits.cpu", "Less than one CPU works only with concurrency 1.", oneCpu);
        }

        return !document.IsGen2 ? null
            : changed("executionEnvironment") && !document.VolumesNeedGen2
                ? new Violation("template.executionEnvironment", "The second generation needs at least one CPU.", new SetExecutionEnvironment(ExecutionEnvironment.Gen1))
                : new Violation("template.containers.resources.limits.cpu", "The second generation needs at least one CPU.", oneCpu);
    }
}
