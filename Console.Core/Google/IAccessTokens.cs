namespace OpsConsole.Core.Google;

/// <summary>Signs requests.</summary>
internal interface IAccessTokens
{
    /// <summary>Adds the Authorization header, and the quota project where the credential has one.</summary>
    /// <exception cref="NoCredentialsException">There are no credentials, or Google did not give a token for them.</exception>
    Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>Fetches a new token after a 401; false when that makes no sense.</summary>
    /// <exception cref="NoCredentialsException">Google did not give a token.</exception>
    Task<bool> RefreshAsync(CancellationToken cancellationToken);
}
