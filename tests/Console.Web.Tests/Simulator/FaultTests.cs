using System.Text.Json;

namespace OpsConsole.Web.Tests.Simulator;

public sealed class FaultTests
{
    private const string Services = SimulatorUnderTest.Europe + "/services";

    [Fact]
    public async Task Fault_Status_HappensAsOftenAsAsked()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync("simulator/faults", """{"kind":"status","status":429,"times":2,"retryAfterSeconds":7}""");

        using var first = await simulator.Http.GetAsync(new Uri(Services, UriKind.Relative));
        var second = await simulator.GetAsync(Services);
        var third = await simulator.GetAsync(Services);

        Assert.Equal((429, TimeSpan.FromSeconds(7)), ((int)first.StatusCode, first.Headers.RetryAfter!.Delta));
        Assert.Equal((429, "RESOURCE_EXHAUSTED", 200), (second.Status, second.Code, third.Status));
    }

    [Fact]
    public async Task Fault_ForAPathAndMethod_LeavesOthersAlone()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync("simulator/faults", """{"kind":"html","status":502,"path":"/v2/projects/acme-prod/locations/us-central1","method":"GET"}""");

        var there = await simulator.GetAsync(SimulatorUnderTest.America + "/services");
        var here = await simulator.GetAsync(Services);

        Assert.Equal((502, "text/html", 200), (there.Status, there.MediaType, here.Status));
    }

    [Fact]
    public async Task Fault_DeniedInARegion_NamesThePermission()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync("simulator/faults", """{"kind":"denied","region":"asia-northeast1"}""");

        var answer = await simulator.GetAsync(SimulatorUnderTest.Asia + "/services");

        Assert.Equal((403, "PERMISSION_DENIED"), (answer.Status, answer.Code));
        Assert.StartsWith("Permission 'run.services.list' denied on resource 'projects/acme-prod/locations/asia-northeast1", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault_ForLogReading_AppliesToEntriesList()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync("simulator/faults", """{"kind":"denied","permission":"logging.logEntries.list"}""");

        var logs = await simulator.PostAsync("v2/entries:list", """{"resourceNames":["projects/acme-prod"]}""");

        Assert.Equal(403, logs.Status);
        Assert.Contains("logging.logEntries.list", logs.Message, StringComparison.Ordinal);
        Assert.Equal(200, (await simulator.GetAsync(Services)).Status);
    }

    [Fact]
    public async Task Fault_BrokenJson_IsNoJson()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync("simulator/faults", """{"kind":"brokenJson"}""");

        var answer = await simulator.GetAsync(Services);

        Assert.Equal(200, answer.Status);
        Assert.ThrowsAny<JsonException>(() => answer.Json);
    }

    [Fact]
    public async Task Fault_Latency_HoldsTheAnswerUntilItsTime()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync("simulator/faults", """{"kind":"latency","seconds":30,"times":1}""");

        var slow = simulator.GetAsync(Services);
        while ((await simulator.GetAsync("simulator/faults")).Text != "[]")
        {
            // The fault is used up once the slow call waits on the clock.
        }

        var before = slow.IsCompleted;
        while (!slow.IsCompleted)
        {
            simulator.Clock.Advance(TimeSpan.FromSeconds(31));
            await Task.Yield();
        }

        Assert.False(before);
        Assert.Equal(200, (await slow).Status);
    }

    [Fact]
    public async Task Fault_Hang_EndsWithTheClientOrTheSimulator()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync("simulator/faults", """{"kind":"hang"}""");

        var hanging = simulator.GetAsync(Services);
        Assert.False(hanging.IsCompleted);
        await simulator.DisposeAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => hanging);
    }

    [Fact]
    public async Task Faults_ListAndRemove_ByIdAndAll()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        var id = (string)(await simulator.PostAsync("simulator/faults", """{"kind":"status"}""")).Json["id"]!;
        await simulator.PostAsync("simulator/faults", """{"kind":"status","status":500}""");

        var one = await simulator.DeleteAsync("simulator/faults/" + id);
        var none = await simulator.DeleteAsync("simulator/faults/" + id);
        var other = await simulator.GetAsync(Services);
        await simulator.DeleteAsync("simulator/faults");

        Assert.Equal((204, 404, 500, 200), (one.Status, none.Status, other.Status, (await simulator.GetAsync(Services)).Status));
    }

    [Theory]
    [InlineData("""{"kind":"explode"}""")]
    [InlineData("""{"kind":"status","colour":"red"}""")]
    [InlineData("not json")]
    public async Task Fault_NotUnderstood_IsRefused(string body)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        Assert.Equal(400, (await simulator.PostAsync("simulator/faults", body)).Status);
    }
}
