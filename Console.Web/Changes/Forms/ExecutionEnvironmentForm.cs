using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;
using OpsConsole.Web.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>First or second generation, or left to Google.</summary>
public sealed class ExecutionEnvironmentForm : ChangeForm
{
    private static readonly ExecutionEnvironment[] All = [ExecutionEnvironment.Unspecified, ExecutionEnvironment.Gen1, ExecutionEnvironment.Gen2];

    /// <inheritdoc />
    public override string Key => "execution-environment";

    /// <inheritdoc />
    public override string Group => "Requests";

    /// <inheritdoc />
    public override string Title => "Execution environment";

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => CloudRunWords.Of(subject.Service!.Template.ExecutionEnvironment);

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) =>
        All.Where(e => e != subject.Service!.Template.ExecutionEnvironment).Select(static e => new SetExecutionEnvironment(e));

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change) =>
    [
        new("environment", "Execution environment", CloudRunWords.Of((change as SetExecutionEnvironment)?.Environment ?? subject.Service!.Template.ExecutionEnvironment))
        {
            Path = "template.executionEnvironment",
            Choices = [.. All.Select(static e => (CloudRunWords.Of(e), e switch
            {
                ExecutionEnvironment.Gen1 => "first generation: faster cold starts",
                ExecutionEnvironment.Gen2 => "second generation: full Linux, at least 512 MiB",
                _ => "automatic: Google chooses",
            }))],
        },
    ];

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) =>
        new(new SetExecutionEnvironment(All.FirstOrDefault(e => CloudRunWords.Of(e) == values["environment"])));

    /// <inheritdoc />
    public override bool Is(Change change) => change is SetExecutionEnvironment;
}
