namespace OpsConsole.Web.Tests.Hosting;

/// <summary>One demo console for all tests of a class.</summary>
public sealed class DemoConsole : IAsyncLifetime
{
    /// <summary>The console.</summary>
    public RunningConsole Console { get; private set; } = default!;

    /// <inheritdoc />
    public async Task InitializeAsync() => Console = await RunningConsole.StartAsync();

    /// <inheritdoc />
    public async Task DisposeAsync() => await Console.DisposeAsync();
}
