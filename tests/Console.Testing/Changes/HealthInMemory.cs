using OpsConsole.Core.Changes.Moves;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Testing.Changes;

/// <summary>The health of whatever receives traffic, as a test gives it.</summary>
public sealed class HealthInMemory : ITrafficHealth
{
    /// <summary>Why traffic must not be moved on; null while all is well.</summary>
    public string? Bad { get; set; }

    /// <inheritdoc />
    public Task<string?> WhyStopAsync(ResourceName service, string revision, DateTimeOffset since, CancellationToken cancellationToken) => Task.FromResult(Bad);
}
