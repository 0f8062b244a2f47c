using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes.Forms;

/// <summary>Requests that one instance answers at the same time.</summary>
public sealed class ConcurrencyForm : ChangeForm
{
    /// <inheritdoc />
    public override string Key => "concurrency";

    /// <inheritdoc />
    public override string Group => "Requests";

    /// <inheritdoc />
    public override string Title => "Concurrency";

    /// <inheritdoc />
    public override string Present(ChangeSubject subject) => $"{Text(subject.Service!.Template.EffectiveConcurrency())} requests at once per instance";

    /// <inheritdoc />
    public override IReadOnlyList<ChangeField> Fields(ChangeSubject subject, Change? change) =>
    [
        new("requests", "Requests at once per instance", Text((change as SetConcurrency)?.Requests ?? subject.Service!.Template.EffectiveConcurrency()))
        {
            Number = true, Hint = "1 to 1000; below one CPU it must be 1", Path = "template.maxInstanceRequestConcurrency",
        },
    ];

    /// <inheritdoc />
    public override FormReading Read(ChangeSubject subject, IReadOnlyDictionary<string, string> values) =>
        Number(values, "requests") is { } requests ? new(new SetConcurrency(requests)) : NoNumber("requests");

    /// <inheritdoc />
    public override bool Is(Change change) => change is SetConcurrency;
}
