using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>At what use of an instance the autoscaler adds another.</summary>
public sealed class ScalingTargetsForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "scaling-targets";

    /// <inheritdoc />
    public override string Group => "Instances";

    /// <inheritdoc />
    public override string Title => "Targets of the autoscaler";

    /// <inheritdoc />
    public override bool IsOfParts => true;

    /// <inheritdoc />
    public override string Present(ChangeSubject subject)
    {
        var (cpu, concurrency) = ScalingTargets.Of(subject.Service!.RawJson);
        return $"CPU {Words(cpu)}, concurrency {Words(concurrency)}";
    }

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change)
    {
        var (cpu, concurrency) = ScalingTargets.Of(subject.Service!.RawJson);
        var set = change as SetScalingTargets;
        return
        [
            new("cpu", "CPU", Value(set?.CpuPercent ?? cpu)) { Unit = "%", Number = true, Hint = "10 to 90; 60 by default", Path = "template.scaling.cpuUtilization" },
            new("concurrency", "Concurrency", Value(set?.ConcurrencyPercent ?? concurrency)) { Unit = "%", Number = true, Hint = "10 to 95; 60 by default", Path = "template.scaling.concurrencyUtilization" },
        ];
    }

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) =>
        Number(values, "cpu") is null && !IsEmpty(values, "cpu") ? NoNumber("cpu")
        : Number(values, "concurrency") is null && !IsEmpty(values, "concurrency") ? NoNumber("concurrency")
        : new(new SetScalingTargets(Number(values, "cpu"), Number(values, "concurrency")));

    /// <inheritdoc />
    public override bool Is(Change change) => change is SetScalingTargets;

    private static string Words(int? percent) => percent is { } set ? $"{Text(set)} %" : "60 % (default)";

    private static string Value(int? percent) => percent is { } set ? Text(set) : "";
}
