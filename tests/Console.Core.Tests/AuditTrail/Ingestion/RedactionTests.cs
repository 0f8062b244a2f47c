using System.Text.Json;
using OpsConsole.Core.AuditTrail.Ingestion;

namespace OpsConsole.Core.Tests.AuditTrail.Ingestion;

/// <summary>Secrets in payloads of Cloud Audit Logs do not reach the trail; what an auditor needs does.</summary>
public sealed class RedactionTests
{
    [Theory]
    [InlineData("""{"template":{"containers":[{"env":[{"name":"DB_PASSWORD","value":"hunter2-very"}]}]}}""", "hunter2-very")]
    [InlineData("""{"spec":{"template":{"spec":{"containers":[{"env":[{"name":"MODE","value":"hunter2-very"}]}]}}}}""", "hunter2-very")]
    [InlineData("""{"x":{"apiKey":"hunter2-very"}}""", "hunter2-very")]
    [InlineData("""{"x":{"client_secret":"hunter2-very"}}""", "hunter2-very")]
    [InlineData("""{"x":{"secret":"hunter2-very"}}""", "hunter2-very")]
    [InlineData("""{"x":{"accessToken":"hunter2-very"}}""", "hunter2-very")]
    [InlineData("""{"args":["--password=hunter2-very"]}""", "hunter2-very")]
    [InlineData("""{"message":"could not reach postgres://app:hunter2-very@db/main"}""", "hunter2-very")]
    [InlineData("""{"headers":["Authorization: Bearer hunter2-very.abc"]}""", "hunter2-very")]
    [InlineData("""{"text":"ya29.a0Ae4lvC1xyz"}""", "ya29.a0Ae4lvC1xyz")]
    [InlineData("""{"text":"eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJ"}""", "SflKxwRJ")]
    [InlineData("""{"text":"-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIB\n-----END RSA PRIVATE KEY-----"}""", "MIIEpAIB")]
    public void Of_PayloadWithASecret_TakesItOut(string json, string secret) =>
        Assert.DoesNotContain(secret, Redaction.Of(JsonElement.Parse(json))!.ToJsonString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"template":{"containers":[{"image":"gcr.io/acme/api@sha256:1f","env":[{"name":"DB_PASSWORD","valueSource":{"secretKeyRef":{"secret":"projects/1/secrets/db","version":"3"}}}]}]}}""")]
    [InlineData("""{"volumes":[{"name":"v","secret":{"secret":"db-password","items":[{"path":"p","version":"latest"}]}}]}""")]
    [InlineData("""{"authorizationInfo":[{"permission":"run.services.update","granted":true}],"methodName":"google.cloud.run.v2.Services.UpdateService"}""")]
    [InlineData("""{"scaling":{"maxInstanceCount":7},"labels":{"team":"payments"},"ingress":null,"list":[1,true,"x"]}""")]
    public void Of_PayloadWithoutSecrets_StaysAsItIs(string json) => Assert.Equal(json, Redaction.Of(JsonElement.Parse(json))!.ToJsonString());
}
