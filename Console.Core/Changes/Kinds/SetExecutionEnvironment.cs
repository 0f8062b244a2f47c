using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>First or second generation, or left to Google. https://cloud.google.com/run/docs/about-execution-environments.</summary>
/// <param name="Environment">Which one.</param>
public sealed record SetExecutionEnvironment(ExecutionEnvironment Environment) : Change
{
    /// <inheritdoc />
    public override string Title => Environment switch
    {
        ExecutionEnvironment.Gen1 => "Use the first generation",
        ExecutionEnvironment.Gen2 => "Use the second generation",
        _ => "Let Google choose the generation",
    };

    internal override void Edit(ServiceDocument document)
    {
        var template = document.EnsureTemplate();
        switch (Environment)
        {
            case ExecutionEnvironment.Gen1:
                template["executionEnvironment"] = "EXECUTION_ENVIRONMENT_GEN1";
                break;
            case ExecutionEnvironment.Gen2:
                template["executionEnvironment"] = "EXECUTION_ENVIRONMENT_GEN2";
                break;
            default:
                template.Remove("executionEnvironment");
                break;
        }
    }
}
