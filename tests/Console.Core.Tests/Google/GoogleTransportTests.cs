using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Google;

public sealed class GoogleTransportTests
{
    private static readonly ResourceName Checkout = ResourceName.Service("acme", "europe-west1", "checkout");
    private static readonly ScriptedAnswer Fine = ScriptedAnswer.Json(RealShapes.RequestBasedService);

    public static TheoryData<string> Transient => ["429", "502", "503", "504", "reset", "half"];

    [Theory]
    [MemberData(nameof(Transient))]
    public async Task Get_TransientFailureThenFine_Succeeds(string failure)
    {
        await using var bench = await Bench.StartAsync();
        var broken = failure switch
        {
            "reset" => ScriptedAnswer.Reset,
            "half" => ScriptedAnswer.HalfABody(RealShapes.RequestBasedService),
            "502" => ScriptedAnswer.Html(502, "Error 502 (Server Error)!!1"),
            _ => ScriptedAnswer.Error(int.Parse(failure, System.Globalization.CultureInfo.InvariantCulture), "UNAVAILABLE", "Try later."),
        };
        bench.Google.On("/v2/" + Checkout, broken, Fine);

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.Equal("checkout", result.Value?.Name.Id);
        Assert.Equal(2, bench.Google.Requests.Count);
    }

    [Theory]
    [InlineData(400, "INVALID_ARGUMENT")]
    [InlineData(403, "PERMISSION_DENIED")]
    [InlineData(404, "NOT_FOUND")]
    [InlineData(409, "ABORTED")]
    [InlineData(500, "INTERNAL")]
    [InlineData(501, "UNIMPLEMENTED")]
    public async Task Get_FailureThatStays_IsNotTriedAgain(int code, string status)
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Error(code, status, "No."));

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.False(result.IsOk);
        Assert.Single(bench.Google.Requests);
        Assert.Empty(bench.Time.Waits);
    }

    [Fact]
    public async Task Get_QuotaWithRetryAfterInSeconds_WaitsThatLong()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.").With("Retry-After", "7"), Fine);

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.True(result.IsOk);
        Assert.Equal([TimeSpan.FromSeconds(7)], bench.Time.Waits);
    }

    [Fact]
    public async Task Get_QuotaWithRetryAfterAsDate_WaitsUntilThen()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Error(503, "UNAVAILABLE", "Later.").With("Retry-After", "Sun, 22 Nov 2026 09:00:11 GMT"), Fine);

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.True(result.IsOk);
        Assert.Equal([TimeSpan.FromSeconds(11)], bench.Time.Waits);
    }

    [Fact]
    public async Task Get_RetryAfterBeyondPatience_TellsInsteadOfWaiting()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.").With("Retry-After", "3600"));

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.Equal(TimeSpan.FromHours(1), Assert.IsType<CloudRunError.QuotaExceeded>(result.Error).RetryAfter);
        Assert.Single(bench.Google.Requests);
    }

    [Fact]
    public async Task Get_QuotaWithoutRetryAfter_BacksOffLongerEachTimeAndEndsAsQuota()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Error(429, "RESOURCE_EXHAUSTED", "Quota exceeded."));

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.IsType<CloudRunError.QuotaExceeded>(result.Error);
        Assert.Equal(4, bench.Google.Requests.Count);
        Assert.Equal(3, bench.Time.Waits.Count);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task Get_HtmlPage_IsABadAnswerWithItsTitle(int status)
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Html(status, "Sign in to the proxy").With("Location", "/elsewhere"));

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.Contains("Sign in to the proxy", Assert.IsType<CloudRunError.BadAnswer>(result.Error).Message, StringComparison.Ordinal);
        Assert.Single(bench.Google.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"name\":\"projects/acme/locations/l/services/s\"")]
    [InlineData("{\"services\":[{\"name\":\"projects/acme/locations/l/services/s\"}")]
    public async Task AnyRead_BrokenJson_IsABadAnswer(string body)
    {
        await using var bench = await Bench.StartAsync(static c => c.Regions = ["a"]);
        bench.Google
            .On("/v2/" + Checkout, ScriptedAnswer.Json(body))
            .On("/v2/projects/acme/locations/a/services", ScriptedAnswer.Json(body));

        var one = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);
        var many = await bench.CloudRun.ListServicesAsync("acme", CancellationToken.None);

        Assert.IsType<CloudRunError.BadAnswer>(one.Error);
        Assert.IsType<CloudRunError.BadAnswer>(Assert.Single(many.Failures).Error);
    }

    [Fact]
    public async Task Get_ServerHangs_IsUnavailableAfterItsTime()
    {
        await using var bench = await Bench.StartAsync(static c => c.Timeout = TimeSpan.FromMilliseconds(150));
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Hang);

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.Contains("no answer within 0.15 s", Assert.IsType<CloudRunError.Unavailable>(result.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OverallTimeRunsOut_IsUnavailable()
    {
        await using var bench = await Bench.StartAsync(static c => c.OverallTimeout = TimeSpan.FromMilliseconds(150));
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Hang);

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.IsType<CloudRunError.Unavailable>(result.Error);
        Assert.Single(bench.Google.Requests);
    }

    [Fact]
    public async Task Get_CallerCancels_StopsAtOnce()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Hang);
        using var cancellation = new CancellationTokenSource();

        var call = bench.CloudRun.GetServiceAsync(Checkout, cancellation.Token);
        await bench.Google.FirstRequest;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(bench.Google.Requests);
    }

    [Fact]
    public async Task Get_NothingListens_IsUnavailable()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Google.DisposeAsync();

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.Contains("no connection", Assert.IsType<CloudRunError.Unavailable>(result.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NotFound_NamesTheResource()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On("/v2/" + Checkout, ScriptedAnswer.Error(404, "NOT_FOUND", "Resource 'checkout' of kind 'SERVICE' does not exist."));

        var result = await bench.CloudRun.GetServiceAsync(Checkout, CancellationToken.None);

        Assert.Equal(Checkout.Value, Assert.IsType<CloudRunError.NotFound>(result.Error).Resource);
    }
}
