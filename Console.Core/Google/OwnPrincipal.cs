using System.Text.Json;
using OpsConsole.Core.Access;

namespace OpsConsole.Core.Google;

/// <summary>
/// The account behind Application Default Credentials. A service account's key names it; for a person's login (gcloud auth
/// application-default login asks for the scope userinfo.email) Google is asked: POST https://oauth2.googleapis.com/tokeninfo.
/// </summary>
internal sealed class OwnPrincipal(GoogleConnection connection, IAccessTokens tokens, HttpClient http) : IOwnPrincipal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<string?> FindAsync(CancellationToken cancellationToken)
    {
        if (connection.Credentials == GoogleCredentials.None)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            if (tokens is ApplicationDefaultTokens ours && await ours.ServiceAccountAsync(limit.Token) is { } account)
            {
                return account;
            }

            if (connection.TokenInfoAddress is not { } address)
            {
                return null;
            }

            using var signed = new HttpRequestMessage(HttpMethod.Get, address);
            await tokens.SignAsync(signed, limit.Token);

            // In the body, not in the address: addresses end up in logs.
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("access_token", signed.Headers.Authorization?.Parameter ?? "")]);
            using var answer = await http.PostAsync(address, form, limit.Token);
            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(limit.Token));
            return json.RootElement.TryGetProperty("email", out var email) && email.GetString() is { Length: > 0 } found ? found.ToLowerInvariant() : null;
        }
        catch (Exception e) when (e is NoCredentialsException or HttpRequestException or JsonException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
