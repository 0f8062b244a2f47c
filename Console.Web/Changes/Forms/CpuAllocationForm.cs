using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>CPU for the whole life of an instance, or only during requests.</summary>
public sealed class CpuAllocationForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "cpu-allocation";

    /// <inheritdoc />
    public override string Group => "CPU and memory";

    /// <inheritdoc />
    public override string Title => "CPU allocation";

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) =>
        subject.Service!.Template.BillingMode == BillingMode.RequestBased ? "only during requests (request-based)" : "always (instance-based)";

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) =>
        [new SetCpuAllocation(subject.Service!.Template.BillingMode == BillingMode.RequestBased)];

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change) =>
    [
        new("always", "CPU is allocated", (change as SetCpuAllocation)?.Always ?? subject.Service!.Template.BillingMode == BillingMode.InstanceBased ? "yes" : "no")
        {
            Path = "template.containers.resources.cpuIdle",
            Choices = [("no", "only during requests (request-based billing)"), ("yes", "always (instance-based billing)")],
        },
    ];

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) => new(new SetCpuAllocation(values["always"] == "yes"));

    /// <inheritdoc />
    public override bool Is(Change change) => change is SetCpuAllocation;
}
