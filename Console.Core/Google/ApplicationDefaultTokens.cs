using System.Globalization;
using System.Net.Http.Headers;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace OpsConsole.Core.Google;

/// <summary>Application Default Credentials, looked up at the first request and kept; Google's library renews tokens before they end.</summary>
/// <param name="load">Finds the credential; replaced by tests.</param>
internal sealed class ApplicationDefaultTokens(Func<CancellationToken, Task<GoogleCredential>> load) : IAccessTokens, IDisposable
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private readonly SemaphoreSlim _loading = new(1, 1);
    private GoogleCredential? _credential;

    public ApplicationDefaultTokens()
        : this(GoogleCredential.GetApplicationDefaultAsync)
    {
    }

    public async Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var credential = await LoadAsync(cancellationToken);
        try
        {
            var token = await ((ITokenAccessWithHeaders)credential).GetAccessTokenWithHeadersForRequestAsync(cancellationToken: cancellationToken);

            // AddHeaders adds x-goog-user-project where the credential names a quota project, and no Authorization.
            if (string.IsNullOrEmpty(token.AccessToken))
            {
                throw new NoCredentialsException("Google's token server answered without a token.") { IsPassing = true };
            }

            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);
            token.AddHeaders(request);
        }
        catch (Exception e) when (e is TokenResponseException or HttpRequestException or Newtonsoft.Json.JsonException)
        {
            throw Failure(e);
        }
    }

    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        var credential = await LoadAsync(cancellationToken);
        try
        {
            return credential.UnderlyingCredential switch
            {
                ServiceCredential service => await service.RequestAccessTokenAsync(cancellationToken),
                UserCredential user => await user.RefreshTokenAsync(cancellationToken),
                _ => false,
            };
        }
        catch (Exception e) when (e is TokenResponseException or HttpRequestException or Newtonsoft.Json.JsonException)
        {
            throw Failure(e);
        }
    }

    /// <summary>E-mail address of the service account whose key these credentials are; null for another kind.</summary>
    public async Task<string?> ServiceAccountAsync(CancellationToken cancellationToken) =>
        (await LoadAsync(cancellationToken)).UnderlyingCredential is ServiceAccountCredential { Id: { Length: > 0 } account } ? account : null;

    public void Dispose() => _loading.Dispose();

    // The token server's own failures are no reason to sign in again.
    private static NoCredentialsException Failure(Exception e) => e switch
    {
        TokenResponseException { StatusCode: { } status } refused when (int)status is 429 or >= 500 or (>= 200 and < 300) =>
            new NoCredentialsException(string.Create(CultureInfo.InvariantCulture, $"Google's token server answered {(int)status} without a token."), refused) { IsPassing = true },
        TokenResponseException refused => new NoCredentialsException(Describe(refused), refused),
        HttpRequestException => new NoCredentialsException("Google's token server cannot be reached.", e) { IsPassing = true },
        _ => new NoCredentialsException("Google's token server answered with something that is no token.", e) { IsPassing = true },
    };

    /// <summary>For example <c>invalid_grant</c>: the login was revoked or has ended. Never the token itself.</summary>
    private static string Describe(TokenResponseException e) => $"Google gave no token: {e.Error?.Error ?? "no reason"}.";

    private async Task<GoogleCredential> LoadAsync(CancellationToken cancellationToken)
    {
        if (_credential is { } known)
        {
            return known;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_credential is null)
            {
                var found = await load(cancellationToken);
                _credential = found.IsCreateScopedRequired ? found.CreateScoped(Scope) : found;
            }

            return _credential;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or FormatException or UnauthorizedAccessException)
        {
            // Google's message repeats paths and long advice; ours names the one command.
            throw new NoCredentialsException("None were found, or the file cannot be read.", e);
        }
        finally
        {
            _loading.Release();
        }
    }
}
