using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Rules;

/// <summary>
/// A GPU needs instance-based billing, 4 CPU and 16 GiB (an L4; https://cloud.google.com/run/docs/configuring/services/gpu), and the
/// second generation. How many instances a region has GPUs for, only the API knows.
/// </summary>
internal sealed class GpuRule : IRule
{
    public Violation? Find(ServiceDocument document, Func<string, bool> changed)
    {
        if (!document.HasGpu)
        {
            return null;
        }

        return !document.CpuAlways
            ? new Violation("template.containers.resources.cpuIdle", "An instance with a GPU is billed as a whole: CPU stays allocated.", new SetCpuAllocation(true))
            : document.CpuMillis < 4000
                ? new Violation("template.containers.resources.limits.cpu", "An instance with a GPU needs at least 4 CPU.", Sizes.CpuOf(document, 4000))
            : document.MemoryBytes < 16L << 30
                ? new Violation("template.containers.resources.limits.memory", "An instance with a GPU needs at least 16 GiB.", Sizes.MemoryOf(document, 16L << 30))
            : ServiceDocument.Text(document.Template, "executionEnvironment") == "EXECUTION_ENVIRONMENT_GEN1"
                ? new Violation("template.executionEnvironment", "An instance with a GPU runs in the second generation.", new SetExecutionEnvironment(ExecutionEnvironment.Gen2))
            : null;
    }
}
