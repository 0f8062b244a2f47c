using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.Access.Iap;
using OpsConsole.Testing;
using OpsConsole.Testing.Access;

namespace OpsConsole.Core.Tests.Access.Iap;

public sealed class IapVerifierTests : IAsyncLifetime, IDisposable
{
    private const string Balancer = "/projects/123456789012/global/backendServices/987654321";
    private readonly ManualTime _time = new();
    private readonly HttpClient _http = new();
    private IapKeyServer _server = default!;
    private IapKeys _keys = default!;

    public async Task InitializeAsync()
    {
        _server = await IapKeyServer.StartAsync();
        _keys = new IapKeys(_http, _server.Address, _time, NullLogger.Instance);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _keys.Dispose();
        _http.Dispose();
    }

    [Theory]
    [InlineData(IapKeyServer.Audience)]
    [InlineData(Balancer)]
    public async Task Verify_GoodAssertion_NamesThePerson(string audience)
    {
        var answer = await VerifyAsync(_server.Sign(Claims(c => c["aud"] = audience)));

        Assert.Equal("sam@acme.example", answer.Identity?.Email);
        Assert.Equal(_time.GetUtcNow().AddMinutes(10), answer.Identity!.ExpiresAt);
    }

    [Fact]
    public async Task Verify_Refusals_EachHasItsReason()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        (string What, JsonObject Claims, Type Expected)[] cases =
        [
            ("issuer", Claims(c => c["iss"] = "https://accounts.google.com"), typeof(IapRefusal.WrongIssuer)),
            ("no issuer", Claims(c => c.Remove("iss")), typeof(IapRefusal.WrongIssuer)),
            ("audience of another service", Claims(c => c["aud"] = IapKeyServer.Audience + "2"), typeof(IapRefusal.WrongAudience)),
            ("no audience", Claims(c => c.Remove("aud")), typeof(IapRefusal.WrongAudience)),
            ("list of audiences", Claims(c => c["aud"] = new JsonArray(IapKeyServer.Audience, "/other")), typeof(IapRefusal.WrongAudience)),
            ("expired", Claims(c => c["exp"] = now - 31), typeof(IapRefusal.Expired)),
            ("no expiry", Claims(c => c.Remove("exp")), typeof(IapRefusal.Malformed)),
            ("expiry as text", Claims(c => c["exp"] = $"{now + 600}"), typeof(IapRefusal.Malformed)),
            ("from the future", Claims(c => c["iat"] = now + 31), typeof(IapRefusal.NotYetValid)),
            ("not before", Claims(c => c["nbf"] = now + 31), typeof(IapRefusal.NotYetValid)),
            ("no e-mail", Claims(c => c.Remove("email")), typeof(IapRefusal.Nobody)),
            ("expiry at the end of the calendar", Claims(c => c["exp"] = 253402300798), typeof(IapRefusal.Malformed)),
            ("e-mail between spaces", Claims(c => c["email"] = " sam@acme.example"), typeof(IapRefusal.Nobody)),
            ("e-mail with a line break", Claims(c => c["email"] = "sam@acme.example\n"), typeof(IapRefusal.Nobody)),
        ];
        foreach (var (what, claims, expected) in cases)
        {
            var answer = await VerifyAsync(_server.Sign(claims));

            Assert.True(answer.Refusal?.GetType() == expected, $"{what}: {answer.Refusal}");
            Assert.Null(answer.Identity);
        }
    }

    [Fact]
    public async Task Verify_ClocksApartByLessThanTheSkew_IsAccepted()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();

        Assert.True((await VerifyAsync(_server.Sign(Claims(c => c["exp"] = now - 29)))).IsOk);
        Assert.True((await VerifyAsync(_server.Sign(Claims(c => c["iat"] = now + 29)))).IsOk);
    }

    [Fact]
    public async Task Verify_OtherAlgorithms_AreRefusedBeforeAnyKeyIsUsed()
    {
        var good = _server.Sign(Claims()).Split('.');
        foreach (var algorithm in new[] { "none", "None", "HS256", "RS256", "ES384", "es256", "" })
        {
            var header = IapKeyServer.Encode(new JsonObject { ["alg"] = algorithm, ["kid"] = _server.KeyId });
            var signature = algorithm == "HS256"
                ? Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(_server.PublicPem()), Encoding.ASCII.GetBytes($"{header}.{good[1]}")))
                : algorithm == "none" ? "" : good[2];

            Assert.IsType<IapRefusal.WrongAlgorithm>((await VerifyAsync($"{header}.{good[1]}.{signature}")).Refusal);
        }

        Assert.Equal(0, _server.Fetches);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("é.é.é")]
    [InlineData("e30.e30.")]
    public async Task Verify_NoToken_IsRefused(string text) => Assert.False((await VerifyAsync(text)).IsOk);

    [Fact]
    public async Task Verify_ChangedAfterSigning_IsRefused()
    {
        var parts = _server.Sign(Claims()).Split('.');
        var others = IapKeyServer.Encode(Claims(c => c["email"] = "ada@acme.example"));
        var flipped = (parts[2][0] == 'A' ? 'B' : 'A') + parts[2][1..];

        Assert.IsType<IapRefusal.BadSignature>((await VerifyAsync($"{parts[0]}.{others}.{parts[2]}")).Refusal);
        Assert.IsType<IapRefusal.BadSignature>((await VerifyAsync($"{parts[0]}.{parts[1]}.{flipped}")).Refusal);
        Assert.IsType<IapRefusal.BadSignature>((await VerifyAsync($"{parts[0]}.{parts[1]}.{parts[2]}AA")).Refusal);

        // The same token in other spellings: white space and padding are none of base64url's.
        Assert.False((await VerifyAsync($"{parts[0]}.{parts[1]} .{parts[2]}")).IsOk);
        Assert.False((await VerifyAsync($"{parts[0]}.{parts[1]}.{parts[2]}=")).IsOk);
    }

    [Fact]
    public async Task Verify_ClaimsTwice_IsRefused()
    {
        var claims = Encoding.UTF8.GetBytes(Claims().ToJsonString().Replace("\"email\":", "\"email\":\"eve@acme.example\",\"email\":", StringComparison.Ordinal));
        var header = IapKeyServer.Encode(new JsonObject { ["alg"] = "ES256", ["kid"] = _server.KeyId });

        Assert.IsType<IapRefusal.Malformed>((await VerifyAsync($"{header}.{Base64Url.EncodeToString(claims)}.{new string('A', 86)}")).Refusal);
    }

    [Theory]
    [InlineData("""{"alg":"\ud800"}""", "{}")]
    [InlineData("""{"\udc00":1,"alg":"ES256","kid":"k"}""", "{}")]
    [InlineData("""{"alg":"ES256","kid":"k"}""", """{"iss":"\ud800"}""")]
    [InlineData("""{"alg":"ES256","kid":"k"}""", "{\"iss\":\"\u00ff\"}")]
    public async Task Verify_JsonThatIsNoText_IsRefused(string header, string claims)
    {
        // Latin-1, so that U+00FF becomes a byte that UTF-8 does not have.
        var parts = new[] { header, claims }.Select(static part => Base64Url.EncodeToString(Encoding.Latin1.GetBytes(part)));

        Assert.IsType<IapRefusal.Malformed>((await VerifyAsync($"{string.Join('.', parts)}.{new string('A', 86)}")).Refusal);
    }

    [Fact]
    public async Task Verify_KeyServerStuckInItsAnswer_HoldsUpNobodyForLongerThanOneFetch()
    {
        _server.Stuck = true;
        var waiting = Enumerable.Range(0, 4).Select(_ => VerifyAsync(_server.Sign(Claims()))).ToArray();
        _time.Advance(TimeSpan.FromSeconds(5));

        var answers = await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(120));

        Assert.All(answers, static answer => Assert.IsType<IapRefusal.NoKeys>(answer.Refusal));
        Assert.InRange(_server.Fetches, 0, 1);
    }

    [Fact]
    public async Task Verify_KeyServerDown_IsNotAskedForEachRequestWithAKnownKey()
    {
        Assert.True((await VerifyAsync(_server.Sign(Claims()))).IsOk);
        _server.Down = true;
        _time.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 4; i++)
        {
            Assert.True((await VerifyAsync(_server.Sign(Claims(Renew)))).IsOk);
        }

        Assert.Equal(2, _server.Fetches);
        _server.Down = false;
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.True((await VerifyAsync(_server.Sign(Claims(Renew)))).IsOk);
        Assert.Equal(3, _server.Fetches);
        Assert.Null(_keys.Problem);
    }

    [Fact]
    public async Task Verify_KeyRotated_FetchesAgainForTheUnknownId()
    {
        Assert.True((await VerifyAsync(_server.Sign(Claims()))).IsOk);
        _server.Rotate();

        Assert.True((await VerifyAsync(_server.Sign(Claims()))).IsOk);
        Assert.Equal(2, _server.Fetches);
    }

    [Fact]
    public async Task Verify_KeyDropped_IsRefusedOnceTheKeysAreStale()
    {
        var old = _server.Sign(Claims(c => c["exp"] = _time.GetUtcNow().AddHours(3).ToUnixTimeSeconds()));
        Assert.True((await VerifyAsync(old)).IsOk);
        _server.Rotate(dropOld: true);
        _time.Advance(TimeSpan.FromMinutes(61));

        Assert.IsType<IapRefusal.UnknownKey>((await VerifyAsync(old)).Refusal);
    }

    [Fact]
    public async Task Verify_InventedKeyIds_FetchSeldom()
    {
        for (var i = 0; i < 50; i++)
        {
            var header = new JsonObject { ["alg"] = "ES256", ["kid"] = $"invented-{i}" };
            Assert.IsType<IapRefusal.UnknownKey>((await VerifyAsync(_server.Sign(Claims(), header))).Refusal);
        }

        Assert.InRange(_server.Fetches, 1, 6);
        _time.Advance(TimeSpan.FromMinutes(2));
        _server.Rotate();
        Assert.True((await VerifyAsync(_server.Sign(Claims(Renew)))).IsOk);
    }

    [Fact]
    public async Task Verify_KeyServerDown_KnownKeysGoOnForADay()
    {
        Assert.True((await VerifyAsync(_server.Sign(Claims()))).IsOk);
        _server.Down = true;
        _time.Advance(TimeSpan.FromHours(20));
        Assert.True((await VerifyAsync(_server.Sign(Claims(Renew)))).IsOk);
        Assert.NotNull(_keys.Problem);

        _time.Advance(TimeSpan.FromHours(5));
        Assert.IsType<IapRefusal.NoKeys>((await VerifyAsync(_server.Sign(Claims(Renew)))).Refusal);
    }

    [Fact]
    public async Task Verify_KeyServerDownFromTheStart_SaysSoAndRecovers()
    {
        _server.Down = true;
        Assert.IsType<IapRefusal.NoKeys>((await VerifyAsync(_server.Sign(Claims()))).Refusal);
        _server.Down = false;

        Assert.True((await VerifyAsync(_server.Sign(Claims()))).IsOk);
        Assert.Null(_keys.Problem);
    }

    [Theory]
    [InlineData("acme.example", true)]
    [InlineData("evil.example", false)]
    [InlineData(null, false)]
    public async Task Verify_HostedDomains_AreAConditionWhereTheyAreGiven(string? domain, bool accepted)
    {
        var verifier = new IapVerifier(Options with { HostedDomains = ["acme.example"] }, _keys, _time);

        var answer = await verifier.VerifyAsync(_server.Sign(Claims(c => c["hd"] = domain)), CancellationToken.None);

        Assert.Equal(accepted, answer.IsOk);
    }

    private static IapOptions Options => new() { Audiences = [IapKeyServer.Audience, Balancer] };

    private Task<IapAnswer> VerifyAsync(string assertion) => new IapVerifier(Options, _keys, _time).VerifyAsync(assertion, CancellationToken.None);

    private void Renew(JsonObject claims) => (claims["iat"], claims["exp"]) = (_time.GetUtcNow().ToUnixTimeSeconds(), _time.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds());

    private JsonObject Claims(Action<JsonObject>? change = null)
    {
        var claims = IapKeyServer.Claims("Sam@acme.example", _time.GetUtcNow());
        change?.Invoke(claims);
        return claims;
    }
}
