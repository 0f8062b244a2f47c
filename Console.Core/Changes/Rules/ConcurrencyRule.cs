using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Core.Changes.Rules;

/// <summary>Concurrency is 1000 at most. https://cloud.google.com/run/docs/configuring/concurrency.</summary>
internal sealed class ConcurrencyRule : IRule
{
    public Violation? Find(ServiceDocument document, Func<string, bool> changed)
    {
        var sent = ServiceDocument.Number(document.Template, "maxInstanceRequestConcurrency") ?? 0;
        return sent > 1000
            ? new Violation("template.maxInstanceRequestConcurrency", "An instance takes at most 1000 requests at a time.", new SetConcurrency(1000))
            : null;
    }
}
