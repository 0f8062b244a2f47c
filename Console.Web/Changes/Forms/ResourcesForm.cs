using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Web.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>CPU and memory of the container that takes requests.</summary>
public sealed class ResourcesForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "resources";

    /// <inheritdoc />
    public override string Group => "CPU and memory";

    /// <inheritdoc />
    public override string Title => "CPU and memory";

    /// <inheritdoc />
    public override bool IsOfParts => true;

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => $"{CloudRunWords.Cpu(subject.Service!.Template)} CPU, {CloudRunWords.Memory(subject.Service.Template)}";

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change)
    {
        var limits = subject.Service!.Template.IngressContainer?.Resources?.Limits;
        var set = change as SetResources;
        return
        [
            new("cpu", "CPU", set?.Cpu ?? limits?.GetValueOrDefault("cpu") ?? "1")
            {
                Hint = "1, 2, 4, 6, 8, or below 1 in hundredths: 0.5",
                Path = "template.containers.resources.limits.cpu",
            },
            new("memory", "Memory", set?.Memory ?? limits?.GetValueOrDefault("memory") ?? "512Mi")
            {
                Hint = "128Mi to 32Gi; more CPU needs more",
                Path = "template.containers.resources.limits.memory",
            },
        ];
    }

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) =>
        Has(values, "cpu") && IsEmpty(values, "cpu") ? FormReading.Bad("cpu", "Type an amount of CPU.")
        : Has(values, "memory") && IsEmpty(values, "memory") ? FormReading.Bad("memory", "Type an amount of memory.")
        : new(new SetResources(values.GetValueOrDefault("cpu")?.Trim(), values.GetValueOrDefault("memory")?.Trim()));

    /// <inheritdoc />
    public override bool Is(Change change) => change is SetResources;
}
