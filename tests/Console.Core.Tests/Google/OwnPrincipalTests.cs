using System.Net.Http.Headers;
using OpsConsole.Core.Google;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Google;

public sealed class OwnPrincipalTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private ScriptedGoogle _google = default!;

    public async Task InitializeAsync() => _google = await ScriptedGoogle.StartAsync();

    public async Task DisposeAsync() => await _google.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Find_Login_AsksGoogleWithTheTokenInTheBody()
    {
        _google.On("/tokeninfo", ScriptedAnswer.Json("""{"email":"Sam@acme.example","scope":"openid"}"""));

        Assert.Equal("sam@acme.example", await FindAsync(GoogleCredentials.ApplicationDefault));

        var request = Assert.Single(_google.Requests);
        Assert.Equal("access_token=secret-token", request.Body);
        Assert.DoesNotContain("secret-token", request.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"scope":"cloud-platform"}""", 200)]
    [InlineData("""{"error":"invalid_token"}""", 400)]
    [InlineData("<html>", 200)]
    public async Task Find_GoogleDoesNotSay_IsNull(string answer, int status)
    {
        _google.On("/tokeninfo", ScriptedAnswer.Json(answer, status));

        Assert.Null(await FindAsync(GoogleCredentials.ApplicationDefault));
    }

    [Fact]
    public async Task Find_NoCredentials_AsksNobody()
    {
        Assert.Null(await FindAsync(GoogleCredentials.None));
        Assert.Empty(_google.Requests);
    }

    private Task<string?> FindAsync(GoogleCredentials credentials) => new OwnPrincipal(
        new GoogleConnection { Credentials = credentials, TokenInfoAddress = new Uri(_google.BaseAddress, "tokeninfo") }, new Tokens(), _http).FindAsync(CancellationToken.None);

    private sealed class Tokens : IAccessTokens
    {
        public Task SignAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret-token");
            return Task.CompletedTask;
        }

        public Task<bool> RefreshAsync(CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
