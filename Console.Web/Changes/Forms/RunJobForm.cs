using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Web.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>Runs a job.</summary>
public sealed class RunJobForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "run-job";

    /// <inheritdoc />
    public override string Group => "Executions";

    /// <inheritdoc />
    public override string Title => "Executions of the job";

    /// <inheritdoc />
    public override bool Offers(ChangeSubject subject) => subject.Job is not null;

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) =>
        $"{CloudRunWords.Count(subject.Job!.ExecutionCount, "execution")}, the latest {ExecutionWords.Of(subject.Job.LatestCreatedExecution)}";

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) => [new RunJob()];

    /// <inheritdoc />
    public override bool Is(Change change) => change is RunJob;
}
