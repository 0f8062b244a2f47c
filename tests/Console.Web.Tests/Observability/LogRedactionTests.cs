using OpsConsole.Web.Observability;

namespace OpsConsole.Web.Tests.Observability;

public sealed class LogRedactionTests
{
    [Theory]
    [InlineData("Host=db;Username=ops;Password=hunter2;Database=x", "hunter2")]
    [InlineData("failed with password='hunter 2'", "hunter")]
    [InlineData("Host=db;Password=correct horse battery;Database=x", "battery")]
    [InlineData("DB_PASSWORD=hunter2", "hunter2")]
    [InlineData("""{"password":"hunter2","x":1}""", "hunter2")]
    [InlineData("""{\"clientSecret\": \"hunter2\"}""", "hunter2")]
    [InlineData("MY_API_KEY=hunter2", "hunter2")]
    [InlineData("cannot reach postgres://ops:hunter2@db:5432/x", "hunter2")]
    [InlineData("Authorization: Basic b3BzOmh1bnRlcjI=", "b3BzOmh1bnRlcjI")]
    [InlineData("Authorization: Bearer ya29.a0AfB_byC-secret", "byC-secret")]
    [InlineData("token opsc_0123456789abcdefghijABCDEFGHIJ0123456789xyz was refused", "0123456789abcdef")]
    [InlineData("X-Goog-IAP-JWT-Assertion: eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "c2lnbmF0dXJl")]
    [InlineData("http://127.0.0.1:5080/sign-in?token=0123456789abcdef", "0123456789abcdef")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----", "MHcCAQEE")]
    public void Apply_WhatLooksLikeASecret_IsMasked(string text, string secret)
    {
        var shown = LogRedaction.Apply(text);

        Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.Contains("***", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sealing goes on from 0 leaves.")]
    [InlineData("GET https://run.googleapis.com/v2/projects/acme-prod/locations/-/services answered 200")]
    [InlineData("The token was revoked.")]
    [InlineData("http://127.0.0.1:5080/services?q=a@b and https://run.googleapis.com:443/v2")]
    [InlineData("Basic facts: 3 of 4")]
    public void Apply_OrdinaryText_IsLeftAlone(string text) => Assert.Equal(text, LogRedaction.Apply(text));
}
