namespace OpsConsole.E2E.Running;

/// <summary>A demo of its own for journeys that change services, so that the others find theirs as it was. Little history: verdicts come soon.</summary>
public sealed class ChangeDemoFixture : DemoFixture
{
    /// <inheritdoc />
    protected override Task<string[]> ArgumentsAsync() => Task.FromResult<string[]>(["--set", "Simulator:HistoryHours=1"]);
}
