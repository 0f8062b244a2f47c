using System.Globalization;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>Requests that one instance answers at the same time, 1 to 1000. https://cloud.google.com/run/docs/configuring/concurrency.</summary>
/// <param name="Requests">How many.</param>
public sealed record SetConcurrency(int Requests) : Change
{
    /// <inheritdoc />
    public override string Title => string.Create(CultureInfo.InvariantCulture, $"Set concurrency to {Requests}");

    internal override void Edit(ServiceDocument document) => document.EnsureTemplate()["maxInstanceRequestConcurrency"] = Requests;

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document)
    {
        // 0 would mean "the default", which is not what it says.
        if (Requests < 1)
        {
            yield return new Refusal("template.maxInstanceRequestConcurrency", "An instance takes at least one request at a time.", new SetConcurrency(1));
        }
    }
}
