using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Rules;

/// <summary>Volumes on Cloud Storage or NFS exist in the second generation alone. https://cloud.google.com/run/docs/about-execution-environments.</summary>
internal sealed class Gen1VolumesRule : IRule
{
    public Violation? Find(ServiceDocument document, Func<string, bool> changed) =>
        document.VolumesNeedGen2 && ServiceDocument.Text(document.Template, "executionEnvironment") == "EXECUTION_ENVIRONMENT_GEN1"
            ? new Violation(
                "template.executionEnvironment", "Its volumes on Cloud Storage or NFS need the second generation.", new SetExecutionEnvironment(ExecutionEnvironment.Gen2))
            : null;
}
