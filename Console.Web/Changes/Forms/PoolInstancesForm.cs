using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>Instances of a worker pool.</summary>
public sealed class PoolInstancesForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "pool-instances";

    /// <inheritdoc />
    public override string Group => "Instances";

    /// <inheritdoc />
    public override string Title => "Instances of the worker pool";

    /// <inheritdoc />
    public override bool Offers(ChangeSubject subject) => subject.Pool is not null;

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => subject.Pool!.ManualInstanceCount is { } count ? Text(count) : "not set";

    /// <inheritdoc />
    public override IEnumerable<Change> OneClick(ChangeSubject subject) =>
        subject.Pool!.ManualInstanceCount is { } count and > 0 ? [new SetPoolInstances(count + 1), new SetPoolInstances(count - 1)] : [new SetPoolInstances(1)];

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change) =>
    [
        new("count", "Instances", (change as SetPoolInstances)?.Instances is { } asked ? Text(asked) : subject.Pool!.ManualInstanceCount is { } count ? Text(count) : "")
        {
            Unit = "instances", Number = true, Hint = "0 stops the work", Path = "scaling.manualInstanceCount",
        },
    ];

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) =>
        Number(values, "count") is { } count ? new(new SetPoolInstances(count)) : NoNumber("count");

    /// <inheritdoc />
    public override bool Is(Change change) => change is SetPoolInstances;
}
