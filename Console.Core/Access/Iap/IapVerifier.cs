using System.Security.Cryptography;
using System.Text.Json;

namespace OpsConsole.Core.Access.Iap;

/// <summary>
/// Verifies the assertion that Identity-Aware Proxy puts into <c>X-Goog-IAP-JWT-Assertion</c>: ES256 alone, Google's keys, issuer, audience,
/// times. Nothing else of a request says who somebody is.
/// Source: https://cloud.google.com/iap/docs/signed-headers-howto, RFC 7515, RFC 7518 section 3.4.
/// </summary>
/// <param name="options">What it must satisfy.</param>
/// <param name="keys">Keys.</param>
/// <param name="time">Clock.</param>
public sealed class IapVerifier(IapOptions options, IapKeys keys, TimeProvider time)
{
    /// <summary>Verifies one assertion.</summary>
    public async Task<IapAnswer> VerifyAsync(string? assertion, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(assertion))
        {
            return Refused(new IapRefusal.Missing());
        }

        var (token, malformed) = IapToken.Read(assertion);
        if (token is null)
        {
            return Refused(malformed!);
        }

        // Cheap checks first: a token of another application costs no key and no curve. None of them is believed before the signature.
        if (WhyNot(token.Claims) is { } why)
        {
            return Refused(why);
        }

        var (key, noKey) = await keys.FindAsync(token.KeyId, cancellationToken);
        return key is null ? Refused(noKey!)
            : IsSigned(token, key.Value) ? new IapAnswer(Identity(token.Claims), null)
            : Refused(new IapRefusal.BadSignature());
    }

    private static bool IsSigned(IapToken token, ECParameters key)
    {
        try
        {
            using var ecdsa = ECDsa.Create(key);
            return ecdsa.VerifyData(token.Signed, token.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // Not a point of the curve.
            return false;
        }
    }

    private static IapIdentity Identity(JsonElement claims)
    {
        var email = IapToken.Text(claims, "email")!.ToLowerInvariant();
        return new IapIdentity(IapToken.Text(claims, "sub") ?? email, email, IapToken.Time(claims, "iat")!.Value, IapToken.Time(claims, "exp")!.Value);
    }

    private static IapAnswer Refused(IapRefusal why) => new(null, why);

    private IapRefusal? WhyNot(JsonElement claims)
    {
        var now = time.GetUtcNow();
        return IapToken.Text(claims, "iss") != IapOptions.Issuer ? new IapRefusal.WrongIssuer()
            : IapToken.Text(claims, "aud") is not { } audience || !options.Audiences.Contains(audience, StringComparer.Ordinal) ? new IapRefusal.WrongAudience()
            : IapToken.Time(claims, "exp") is not { } expires || IapToken.Time(claims, "iat") is not { } issued ? new IapRefusal.Malformed("it says not when it was issued and when it ends")
            : now >= expires + options.Skew ? new IapRefusal.Expired()
            : issued > now + options.Skew || IapToken.Time(claims, "nbf") > now + options.Skew ? new IapRefusal.NotYetValid()
            : IapToken.Text(claims, "email") is not { Length: > 2 and <= 320 } email || !email.Contains('@', StringComparison.Ordinal) || email.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c)) ? new IapRefusal.Nobody()
            : options.HostedDomains.Count > 0 && !options.HostedDomains.Contains(IapToken.Text(claims, "hd"), StringComparer.OrdinalIgnoreCase) ? new IapRefusal.WrongDomain()
            : null;
    }
}
