using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Google;

public sealed class CloudRunClientRegionsTests
{
    private const string Denied = "Permission 'run.services.list' denied on resource 'projects/acme/locations/europe-west1/services' (or it may not exist).";

    [Fact]
    public async Task ListServices_EmptyPagesWithATokenInBetween_ReadsToTheEnd()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(
            Bench.EveryRegion,
            ScriptedAnswer.Json($$"""{"services":[{{Named("b", "a-1")}}],"nextPageToken":"p 2+/="}"""),
            ScriptedAnswer.Json("""{"nextPageToken":"p3"}"""),
            ScriptedAnswer.Json($$"""{"services":[{{Named("a", "b-2")}}]}"""));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.Equal(["b-2", "a-1"], fleet.Items.Select(static s => s.Name.Id));
        Assert.Equal(["", "?pageToken=p%202%2B%2F%3D", "?pageToken=p3"], bench.Google.Requests.Select(static r => r.Query));
        Assert.Empty(fleet.Failures);
    }

    [Fact]
    public async Task ListServices_UnreachableRegions_AreNamedAndTheRestIsShown()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(
            Bench.EveryRegion,
            ScriptedAnswer.Json($$"""{"services":[{{Named("a", "x")}}],"unreachable":["us-east1","projects/acme/locations/us-west4"]}"""));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.Single(fleet.Items);
        Assert.Equal(["us-east1", "us-west4"], fleet.Failures.Select(static f => f.Location));
        Assert.All(fleet.Failures, static f => Assert.IsType<CloudRunError.Unavailable>(f.Error));
    }

    [Fact]
    public async Task ListServices_WildcardRefused_GoesRegionByRegionInOrder()
    {
        await using var bench = await Bench.StartAsync();
        bench.WithoutWildcard().WithRegions("us-central1", "europe-west1", "asia-east1");
        foreach (var region in (string[])["us-central1", "europe-west1", "asia-east1"])
        {
            bench.Google.On(ServicesOf(region), ScriptedAnswer.Json($$"""{"services":[{{Named(region, "s")}}]}"""));
        }

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.Equal(["asia-east1", "europe-west1", "us-central1"], fleet.Items.Select(static s => s.Name.Location));
        Assert.Empty(fleet.Failures);
    }

    [Fact]
    public async Task ListServices_ForbiddenInOneRegion_NamesThePermissionAndShowsTheOthers()
    {
        await using var bench = await Bench.StartAsync();
        bench.WithoutWildcard().WithRegions("europe-west1", "us-central1");
        bench.Google
            .On(ServicesOf("europe-west1"), ScriptedAnswer.Error(403, "PERMISSION_DENIED", Denied))
            .On(ServicesOf("us-central1"), ScriptedAnswer.Json($$"""{"services":[{{Named("us-central1", "s")}}]}"""));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.Equal("s", Assert.Single(fleet.Items).Name.Id);
        var failure = Assert.Single(fleet.Failures);
        Assert.Equal("europe-west1", failure.Location);
        Assert.Equal("run.services.list", Assert.IsType<CloudRunError.PermissionDenied>(failure.Error).Permission);
    }

    [Fact]
    public async Task ListServices_ForbiddenEverywhere_IsOneFailureOfTheProject()
    {
        await using var bench = await Bench.StartAsync();
        bench.WithRegions("europe-west1", "us-central1").Google
            .On(Bench.EveryRegion, ScriptedAnswer.Error(403, "PERMISSION_DENIED", Denied))
            .On(ServicesOf("europe-west1"), ScriptedAnswer.Error(403, "PERMISSION_DENIED", Denied))
            .On(ServicesOf("us-central1"), ScriptedAnswer.Error(403, "PERMISSION_DENIED", Denied));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        var failure = Assert.Single(fleet.Failures);
        Assert.Equal("", failure.Location);
        Assert.Contains("run.services.list is missing on project acme", failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListServices_RegionsForbidden_NamesThePermissionOfTheMethod()
    {
        await using var bench = await Bench.StartAsync();
        bench.WithoutWildcard().Google.On("/v1/projects/acme/locations", ScriptedAnswer.Error(403, "PERMISSION_DENIED", "The caller does not have permission"));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.Equal("run.locations.list", Assert.IsType<CloudRunError.PermissionDenied>(Assert.Single(fleet.Failures).Error).Permission);
    }

    [Fact]
    public async Task ListServices_ApiNotEnabled_SaysSoAndNamesNoPermission()
    {
        const string Message = "Cloud Run Admin API has not been used in project acme before or it is disabled.";
        const string Details = """{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED","domain":"googleapis.com","metadata":{"service":"run.googleapis.com"}}""";
        await using var bench = await Bench.StartAsync();
        bench.Google
            .On(Bench.EveryRegion, ScriptedAnswer.Error(403, "PERMISSION_DENIED", Message, Details))
            .On("/v1/projects/acme/locations", ScriptedAnswer.Error(403, "PERMISSION_DENIED", Message, Details));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        var denied = Assert.IsType<CloudRunError.PermissionDenied>(Assert.Single(fleet.Failures).Error);
        Assert.Equal("", denied.Permission);
        Assert.Contains("has not been used", denied.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListServices_RegionThatAnswers503_IsSaidAfterItsRetries()
    {
        await using var bench = await Bench.StartAsync();
        bench.WithoutWildcard().WithRegions("europe-west1", "us-central1");
        bench.Google
            .On(ServicesOf("europe-west1"), ScriptedAnswer.Error(503, "UNAVAILABLE", "The service is currently unavailable."))
            .On(ServicesOf("us-central1"), ScriptedAnswer.Json($$"""{"services":[{{Named("us-central1", "s")}}]}"""));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.Single(fleet.Items);
        Assert.IsType<CloudRunError.Unavailable>(Assert.Single(fleet.Failures).Error);
        Assert.Equal(4, bench.Google.RequestsOf(ServicesOf("europe-west1")).Count);
    }

    [Fact]
    public async Task ListServices_SecondPageFails_KeepsTheFirstAndSaysSo()
    {
        await using var bench = await Bench.StartAsync(static c => c.Regions = ["a"]);
        bench.Google.On(
            ServicesOf("a"),
            ScriptedAnswer.Json($$"""{"services":[{{Named("a", "s")}}],"nextPageToken":"2"}"""),
            ScriptedAnswer.Error(500, "INTERNAL", "Internal error encountered."));

        var fleet = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.Single(fleet.Items);
        Assert.Equal("a", Assert.Single(fleet.Failures).Location);
    }

    [Theory]
    [InlineData(501, "UNIMPLEMENTED", "Operation is not implemented, or supported, or enabled.")]
    [InlineData(404, "NOT_FOUND", "Requested entity was not found.")]
    public async Task ListWorkerPools_RegionWithoutThem_IsNoFailure(int code, string status, string message)
    {
        await using var bench = await Bench.StartAsync();
        bench.WithRegions("europe-west1", "us-central1").Google
            .On("/v2/projects/acme/locations/europe-west1/workerPools", ScriptedAnswer.Error(code, status, message))
            .On("/v2/projects/acme/locations/us-central1/workerPools", ScriptedAnswer.Json("""{"workerPools":[{"name":"projects/acme/locations/us-central1/workerPools/p"}]}"""));

        var fleet = await bench.CloudRun.ListWorkerPoolsAsync("acme", CancellationToken.None);

        Assert.Single(fleet.Items);
        Assert.Empty(fleet.Failures);
    }

    [Fact]
    public async Task ListRegions_TwoPages_AreJoinedAndKeptForTenSeconds()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(
            "/v1/projects/acme/locations",
            ScriptedAnswer.Json("""{"locations":[{"locationId":"us-central1"}],"nextPageToken":"2"}"""),
            ScriptedAnswer.Json("""{"locations":[{"locationId":"europe-west1"}]}"""));

        var first = await bench.CloudRun.ListRegionsAsync("acme", CancellationToken.None);
        bench.Time.Advance(TimeSpan.FromSeconds(9));
        await bench.CloudRun.ListRegionsAsync("acme", CancellationToken.None);

        Assert.Equal(["europe-west1", "us-central1"], first.Value);
        Assert.Equal(2, bench.Google.Requests.Count);

        bench.Time.Advance(TimeSpan.FromSeconds(2));
        await bench.CloudRun.ListRegionsAsync("acme", CancellationToken.None);
        Assert.Equal(3, bench.Google.Requests.Count);
    }

    [Fact]
    public async Task GetService_OddName_CannotLeaveItsPath()
    {
        await using var bench = await Bench.StartAsync();

        var result = await bench.CloudRun.GetServiceAsync(ResourceName.Service("acme", "l", "a?b#c"), CancellationToken.None);

        Assert.IsType<CloudRunError.NotFound>(result.Error);
        var request = Assert.Single(bench.Google.Requests);
        Assert.Equal(("/v2/projects/acme/locations/l/services/a?b#c", ""), (request.Path, request.Query));
        Assert.False(ResourceName.TryParse("projects/acme/locations/../services/a", out _));
    }

    private static string ServicesOf(string region) => $"/v2/projects/acme/locations/{region}/services";

    private static string Named(string region, string id) => $$"""{"name":"projects/acme/locations/{{region}}/services/{{id}}"}""";
}
