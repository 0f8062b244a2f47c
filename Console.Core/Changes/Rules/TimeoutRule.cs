using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Core.Changes.Rules;

/// <summary>The request timeout is 1 s to 60 min. https://cloud.google.com/run/docs/configuring/request-timeout.</summary>
internal sealed class TimeoutRule : IRule
{
    public Violation? Find(ServiceDocument document, Func<string, bool> changed) =>
        document.Timeout > TimeSpan.FromMinutes(60) ? new Violation("template.timeout", "A request may take 3600 s at most.", new SetTimeout(3600))
        : document.Timeout < TimeSpan.FromSeconds(1) ? new Violation("template.timeout", "The least timeout is 1 s.", new SetTimeout(1))
        : null;
}
