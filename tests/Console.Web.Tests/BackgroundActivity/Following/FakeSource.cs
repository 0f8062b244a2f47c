using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.BackgroundActivity.Sources;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Tests.BackgroundActivity.Following;

/// <summary>A source whose snapshot a test replaces.</summary>
internal sealed class FakeSource(AnalysisId id) : IAnalysisSource
{
    private readonly List<Func<Task>> _subscribers = [];

    public AnalysisId Id => id;

    public string Title { get; init; } = "Live logs of acme-prod";

    public SourceKind Kind => id.Kind;

    public string Project => "acme-prod";

    public IReadOnlyList<string> Services => [];

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public SourceState State { get; init; } = SourceState.Ready;

    public SourceProgress Progress { get; init; } = new();

    public CloudRunError? Error => null;

    public string? Problem { get; init; }

    public IReadOnlyList<string> Notes => [];

    public Analysis? Current { get; private set; }

    public string Version => "";

    public int Subscribers => _subscribers.Count;

    public IDisposable Subscribe(Func<Task> changed)
    {
        _subscribers.Add(changed);
        return new Subscription(() => _subscribers.Remove(changed));
    }

    public async Task PublishAsync(Analysis analysis)
    {
        Current = analysis;
        foreach (var subscriber in _subscribers.ToList())
        {
            await subscriber();
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
