using System.Security.Cryptography;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Google;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Google;

/// <summary>Google's own credential library against a scripted token server.</summary>
public sealed class CredentialsTests
{
    private static readonly ResourceName Checkout = ResourceName.Service("acme", "europe-west1", "checkout");

    [Fact]
    public async Task Get_NoCredentialsOnTheMachine_NamesTheCommand()
    {
        using var tokens = new ApplicationDefaultTokens(static _ => throw new InvalidOperationException("Your default credentials were not found."));
        await using var bench = await Bench.StartAsync(tokens: tokens);

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.Contains("gcloud auth application-default login", Assert.IsType<CloudRunError.NotAuthenticated>(result.Error).Message, StringComparison.Ordinal);
        Assert.Empty(bench.Google.Requests);
    }

    [Fact]
    public async Task ListServices_NoCredentials_IsOneFailureAndNoFanOut()
    {
        using var tokens = new ApplicationDefaultTokens(static _ => throw new InvalidOperationException("none"));
        await using var bench = await Bench.StartAsync(tokens: tokens);

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.IsType<CloudRunError.NotAuthenticated>(Assert.Single(fleet.Failures).Error);
    }

    [Fact]
    public async Task Get_WithCredentials_SendsTokenAndQuotaProjectAndKeepsTheToken()
    {
        await using var bench = await StartWithTokensAsync();
        bench.Google
            .On("/token", Token("t1"))
            .On("/v2/" + Checkout, ScriptedAnswer.Json(RealShapes.RequestBasedService));

        await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);
        await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.Single(bench.Google.RequestsOf("/token"));
        Assert.All(bench.Google.RequestsOf("/v2/" + Checkout), static r =>
        {
            Assert.Equal("Bearer t1", r.Headers["authorization"]);
            Assert.Equal("billing-project", r.Headers["x-goog-user-project"]);
        });
    }

    [Fact]
    public async Task Get_TokenRevoked_FetchesANewOneAndTriesOnceMore()
    {
        await using var bench = await StartWithTokensAsync();
        bench.Google
            .On("/token", Token("old"), Token("new"))
            .On("/v2/" + Checkout, Unauthenticated, ScriptedAnswer.Json(RealShapes.RequestBasedService));

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.True(result.IsOk);
        Assert.Equal(["Bearer old", "Bearer new"], bench.Google.RequestsOf("/v2/" + Checkout).Select(static r => r.Headers["authorization"]));
    }

    [Fact]
    public async Task Get_NewTokenRefusedToo_IsNotAuthenticatedWithoutMoreTries()
    {
        await using var bench = await StartWithTokensAsync();
        bench.Google.On("/token", Token("t")).On("/v2/" + Checkout, Unauthenticated);

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.IsType<CloudRunError.NotAuthenticated>(result.Error);
        Assert.Equal(2, bench.Google.RequestsOf("/v2/" + Checkout).Count);
    }

    [Fact]
    public async Task Get_LoginHasEnded_IsNotAuthenticatedWithGooglesReason()
    {
        await using var bench = await StartWithTokensAsync();
        bench.Google.On("/token", ScriptedAnswer.Json("""{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""", 400));

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.Contains("invalid_grant", Assert.IsType<CloudRunError.NotAuthenticated>(result.Error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unavailable")]
    [InlineData("html")]
    [InlineData("reset")]
    [InlineData("no token")]
    public async Task Get_TokenServerFails_IsTriedAgainAndNotTheLoginsFault(string failure)
    {
        await using var bench = await StartWithTokensAsync();
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Json(RealShapes.RequestBasedService));
        bench.Google.On("/token", failure switch
        {
            "unavailable" => ScriptedAnswer.Html(500, "Server Error"),
            "html" => ScriptedAnswer.Html(200, "Sign in to the hotel's network"),
            "reset" => ScriptedAnswer.Reset,
            _ => ScriptedAnswer.Json("{}"),
        });

        var failed = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.Contains("token", Assert.IsType<CloudRunError.Unavailable>(failed.Error).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("gcloud auth", failed.Error.Message, StringComparison.Ordinal);
        Assert.InRange(bench.Google.RequestsOf("/token").Count, 2, 40);
        Assert.Empty(bench.Google.RequestsOf("/v2/" + Checkout));
    }

    [Fact]
    public async Task Get_WithoutCredentialsByChoice_SendsNoAuthorization()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Json(RealShapes.RequestBasedService));

        await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.False(Assert.Single(bench.Google.Requests).Headers.ContainsKey("authorization"));
    }

    private static ScriptedAnswer Unauthenticated => ScriptedAnswer.Error(
        401, "UNAUTHENTICATED", "Request had invalid authentication credentials. Expected OAuth 2 access token.");

    private static ScriptedAnswer Token(string value) => ScriptedAnswer.Json($$"""{"access_token":"{{value}}","expires_in":3599,"token_type":"Bearer"}""");

    private static async Task<Bench> StartWithTokensAsync()
    {
        // The token server is the scripted one, whose port is known only once it runs.
        Uri? address = null;
        var bench = await Bench.StartAsync(
            connection => address = connection.CloudRunBaseAddress,
            new ApplicationDefaultTokens(_ => Task.FromResult(MakeCredential(new Uri(address!, "token")))));
        return bench;
    }

    private static GoogleCredential MakeCredential(Uri tokenServer)
    {
        using var rsa = RSA.Create(2048);
        var json = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["type"] = "service_account",
            ["project_id"] = "acme",
            ["private_key_id"] = "k1",
            ["private_key"] = rsa.ExportPkcs8PrivateKeyPem(),
            ["client_email"] = "console@acme.iam.gserviceaccount.com",
            ["client_id"] = "1",
            ["token_uri"] = tokenServer.ToString(),
        });
        return CredentialFactory.FromJson<ServiceAccountCredential>(json).ToGoogleCredential().CreateWithQuotaProject("billing-project");
    }
}
