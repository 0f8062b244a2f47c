using System.Text.Json.Nodes;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Google;

public sealed class CloudRunWriterTests
{
    private const string Service = "projects/acme/locations/europe-west1/services/checkout";
    private const string Path = "/v2/" + Service;
    private const string Operation = "projects/acme/locations/europe-west1/operations/7f3a";

    [Fact]
    public async Task Patch_TakesTheBodyAsItIsAndReadsTheOperation()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Json($$"""{"name":"{{Operation}}","metadata":{"@type":"x","name":"{{Service}}","etag":"\"a\""} }"""));

        var result = await PatchAsync(bench);

        Assert.Equal((Operation, false, null), (result.Value!.Name, result.Value.Done, result.Value.Error));
        Assert.Equal("\"a\"", (string)JsonNode.Parse(result.Value.ResourceJson)!["etag"]!);
        var request = Assert.Single(bench.Google.Requests);
        Assert.Equal(("PATCH", "?updateMask=scaling.minInstanceCount%2Ctraffic"), (request.Method, request.Query));
        Assert.Equal("""{"etag":"\"CLm\"","scaling":{"minInstanceCount":1.0}}""", request.Body);
    }

    [Fact]
    public async Task Patch_DryRun_SaysSo()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Json($$"""{"name":"{{Operation}}","done":true}"""));

        await PatchAsync(bench, validateOnly: true);

        Assert.EndsWith("&validateOnly=true", Assert.Single(bench.Google.Requests).Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, "UNAVAILABLE", typeof(CloudRunError.Unavailable))]
    [InlineData(429, "RESOURCE_EXHAUSTED", typeof(CloudRunError.QuotaExceeded))]
    [InlineData(500, "INTERNAL", typeof(CloudRunError.Unavailable))]
    public async Task Patch_AFailureThatMayPass_IsNotSentAgain(int status, string code, Type error)
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Error(status, code, "Try again."));

        var result = await PatchAsync(bench);

        Assert.IsType(error, result.Error);
        Assert.Single(bench.Google.Requests);
    }

    [Theory]
    [InlineData(409, "ABORTED", "Conflict for resource 'checkout': version '1' was specified but current version is '2'.", typeof(CloudRunError.Conflict))]
    [InlineData(409, "ALREADY_EXISTS", "Revision named 'checkout-00002-ruh' with different configuration already exists.", typeof(CloudRunError.AlreadyExists))]
    [InlineData(400, "INVALID_ARGUMENT", "template.timeout: too long.", typeof(CloudRunError.Rejected))]
    [InlineData(404, "NOT_FOUND", "gone", typeof(CloudRunError.NotFound))]
    public async Task Patch_Refused_SaysWhichWay(int status, string code, string message, Type error)
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Error(status, code, message));

        Assert.IsType(error, (await PatchAsync(bench)).Error);
    }

    [Fact]
    public async Task Patch_WithoutActAs_NamesThePermissionAndTheAccount()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Error(
            403, "PERMISSION_DENIED", "Permission 'iam.serviceaccounts.actAs' denied on service account checkout@acme.iam.gserviceaccount.com (or it may not exist)."));

        var denied = Assert.IsType<CloudRunError.ActAsDenied>((await PatchAsync(bench)).Error);

        Assert.Equal("checkout@acme.iam.gserviceaccount.com", denied.Account);
        Assert.Contains("roles/iam.serviceAccountUser", denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitOperation_ReadsTheFailureInGooglesWords()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On($"/v2/{Operation}:wait", ScriptedAnswer.Json($$"""{"name":"{{Operation}}","done":true,"error":{"code":9,"message":"The container failed to start."} }"""));

        var operation = (await bench.Writer.WaitOperationAsync(Operation, TimeSpan.FromSeconds(30), CancellationToken.None)).Value!;

        Assert.Equal((true, 9, "The container failed to start."), (operation.Done, operation.ErrorCode, operation.Error));

        // Not longer than an attempt may take.
        Assert.Equal("""{"timeout":"8s"}""", Assert.Single(bench.Google.Requests).Body);
    }

    [Fact]
    public async Task RunJob_SendsTheEtagAndNeverTwice()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/projects/acme/locations/europe-west1/jobs/nightly:run", ScriptedAnswer.Error(503, "UNAVAILABLE", "x"));

        await bench.Writer.RunJobAsync(ResourceName.Parse("projects/acme/locations/europe-west1/jobs/nightly"), "\"e\"", CancellationToken.None);

        Assert.Equal("\"e\"", (string)JsonNode.Parse(Assert.Single(bench.Google.Requests).Body)!["etag"]!);
    }

    private static Task<CloudResult<Operation>> PatchAsync(Bench bench, bool validateOnly = false) => bench.Writer.PatchAsync(
        ResourceName.Parse(Service), """{"etag":"\"CLm\"","scaling":{"minInstanceCount":1.0}}""", ["scaling.minInstanceCount", "traffic"], validateOnly, CancellationToken.None);
}
