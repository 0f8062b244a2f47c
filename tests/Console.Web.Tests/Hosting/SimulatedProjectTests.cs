using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Hosting;

/// <summary>A demo that keeps its data folder goes on with the project that it had.</summary>
public sealed class SimulatedProjectTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("opsconsole-simulated-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Options_OfAKeptFolder_NameTheFirstStart_ForHalfADay()
    {
        var settings = new SimulatorSettings();
        Assert.Equal(Now, Since(settings, Now));
        Assert.Equal(Now, Since(settings, Now.AddHours(12)));
        Assert.Equal(Now.AddHours(13), Since(settings, Now.AddHours(13)));
        Assert.Equal(Now.AddHours(13), Since(settings, Now.AddHours(14)));
    }

    [Fact]
    public void Options_WithAnotherSeedOrHistory_OrAFileThatIsNone_BeginANewProject()
    {
        Assert.Equal(Now, Since(new SimulatorSettings(), Now));
        Assert.Equal(Now.AddHours(1), Since(new SimulatorSettings { Seed = 7 }, Now.AddHours(1)));
        Assert.Equal(Now.AddHours(2), Since(new SimulatorSettings { Seed = 7, HistoryHours = 2 }, Now.AddHours(2)));
        File.WriteAllText(Path.Combine(_folder, "simulator.json"), "{");
        Assert.Equal(Now.AddHours(3), Since(new SimulatorSettings { Seed = 7, HistoryHours = 2 }, Now.AddHours(3)));
    }

    [Fact]
    public void Options_WithoutHistory_KeepNothing()
    {
        Assert.Null(Since(new SimulatorSettings { HistoryHours = 0 }, Now));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private DateTimeOffset? Since(SimulatorSettings settings, DateTimeOffset now) => SimulatedProject.Options(settings, _folder, now).Since;
}
