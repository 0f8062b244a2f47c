using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.CloudRun;

public sealed class RawJsonMaskTests
{
    [Fact]
    public void Apply_LiteralVariable_HidesItsValueAndKeepsTheRest()
    {
        var shown = RawJsonMask.Apply(RealShapes.RequestBasedService);

        Assert.DoesNotContain("\"info\"", shown, StringComparison.Ordinal);
        Assert.Contains("\"LOG_LEVEL\"", shown, StringComparison.Ordinal);
        Assert.Contains("\"db-password\"", shown, StringComparison.Ordinal);
        Assert.Contains("\"checkout@acme.iam.gserviceaccount.com\"", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"args":["--api-key=s3cr3t"]}""")]
    [InlineData("""{"args":["--db-password","s3cr3t"]}""")]
    [InlineData("""{"command":["app","postgres://u:s3cr3t@db/x"]}""")]
    [InlineData("""{"containers":[{"env":[{"name":"A","value":"s3cr3t"}]}]}""")]
    [InlineData("""{"template":{"template":{"containers":[{"env":[{"name":"A","value":"s3cr3t"}]}]}}}""")]
    [InlineData("""{"livenessProbe":{"httpGet":{"httpHeaders":[{"name":"Authorization","value":"s3cr3t"}]}}}""")]
    [InlineData("s3cr3t is not JSON")]
    [InlineData("""{"env":[{"name":"A","value":"x","value":"s3cr3t"}]}""")]
    public void Apply_WhatMayBeASecret_IsHidden(string json) =>
        Assert.DoesNotContain("s3cr3t", RawJsonMask.Apply(json), StringComparison.Ordinal);

    [Fact]
    public void Apply_OrdinaryArguments_Stay() =>
        Assert.Contains("--port=8080", RawJsonMask.Apply("""{"args":["--port=8080"],"labels":{"env":"prod"}}"""), StringComparison.Ordinal);
}
