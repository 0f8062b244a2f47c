namespace OpsConsole.Core.Google;

/// <summary>Sends requests as they are.</summary>
internal sealed class NoTokens : IAccessTokens
{
    public Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> RefreshAsync(CancellationToken cancellationToken) => Task.FromResult(false);
}
