namespace OpsConsole.Web.Tests.Simulator;

public sealed class LostAnswerTests
{
    private const string Checkout = SimulatorUnderTest.Europe + "/services/checkout";

    [Fact]
    public async Task Fault_LostAnswer_CarriesTheWriteOutAndCutsTheConnection()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync("simulator/faults", """{"kind":"lostAnswer","method":"PATCH","times":1}""");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => simulator.PatchAsync(Checkout + "?updateMask=description", """{"description":"new"}"""));

        Assert.Equal("new", (string)(await simulator.GetAsync(Checkout)).Json["description"]!);
    }
}
