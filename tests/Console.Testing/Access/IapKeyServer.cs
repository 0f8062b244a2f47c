using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace OpsConsole.Testing.Access;

/// <summary>Identity-Aware Proxy's key server on a real loopback socket, with keys of its own; and the assertions that the proxy would send.</summary>
public sealed class IapKeyServer : IAsyncDisposable
{
    /// <summary>An audience as for a service of Cloud Run.</summary>
    public const string Audience = "/projects/123456789012/locations/europe-west1/services/opsconsole";

    private readonly WebApplication _app;
    private readonly Dictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    private IapKeyServer(WebApplication app) => _app = app;

    /// <summary>Address of the key set.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Id of the key that signs.</summary>
    public string KeyId { get; private set; } = "";

    /// <summary>How often the keys were asked for.</summary>
    public int Fetches { get; private set; }

    /// <summary>Whether it answers with an error.</summary>
    public bool Down { get; set; }

    /// <summary>Whether it begins an answer and never ends it.</summary>
    public bool Stuck { get; set; }

    /// <summary>Value of Cache-Control.</summary>
    public string CacheControl { get; set; } = "public, max-age=3600";

    /// <summary>Starts one with one key.</summary>
    public static async Task<IapKeyServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "iap-keys" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new IapKeyServer(app);
        server.Rotate();
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/iap/verify/public_key-jwk");
        return server;
    }

    /// <summary>A new key signs from now on; the old ones stay published unless they are dropped.</summary>
    public void Rotate(bool dropOld = false)
    {
        lock (_lock)
        {
            if (dropOld)
            {
                _keys.Clear();
            }

            KeyId = $"key-{Guid.NewGuid():N}";
            _keys[KeyId] = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        }
    }

    /// <summary>The claims of an assertion that is good now.</summary>
    public static JsonObject Claims(string email, DateTimeOffset? now = null)
    {
        // Real time on purpose, where none is given: the console under test runs by the machine's clock.
#pragma warning disable RS0030
        var at = (now ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds();
#pragma warning restore RS0030
        return new JsonObject
        {
            ["iss"] = "https://cloud.google.com/iap",
            ["sub"] = $"accounts.google.com:{email.GetHashCode(StringComparison.Ordinal)}",
            ["aud"] = Audience,
            ["email"] = email,
            ["iat"] = at,
            ["exp"] = at + 600,
        };
    }

    /// <summary>An assertion that is good now.</summary>
    public string Assertion(string email) => Sign(Claims(email));

    /// <summary>Signs claims with the key of now.</summary>
    /// <param name="claims">What is signed.</param>
    /// <param name="header">Other header fields than alg, typ and kid as they should be.</param>
    public string Sign(JsonObject claims, JsonObject? header = null)
    {
        ECDsa key;
        lock (_lock)
        {
            key = _keys[KeyId];
        }

        header ??= new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = KeyId };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";
    }

    /// <summary>A part of a token.</summary>
    public static string Encode(JsonNode part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    /// <summary>The public key of now as PEM: what an attacker would use as the secret of HS256.</summary>
    public string PublicPem()
    {
        lock (_lock)
        {
            return _keys[KeyId].ExportSubjectPublicKeyInfoPem();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        JsonObject set;
        lock (_lock)
        {
            Fetches++;
            set = new JsonObject { ["keys"] = new JsonArray([.. _keys.Select(static k => Jwk(k.Key, k.Value))]) };
        }

        if (Down)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.Headers.CacheControl = CacheControl;
        context.Response.ContentType = "application/json";
        if (Stuck)
        {
            await context.Response.WriteAsync(" ");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await context.Response.WriteAsync(set.ToJsonString(new JsonSerializerOptions()));
    }

    private static JsonObject Jwk(string id, ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["alg"] = "ES256",
            ["crv"] = "P-256",
            ["kid"] = id,
            ["kty"] = "EC",
            ["use"] = "sig",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }
}
