using OpsConsole.Web.Commands;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Hosting;

public sealed class SettingsLoaderTests
{
    [Fact]
    public void Load_Nothing_IsTheDemoOnLoopback()
    {
        var loaded = SettingsLoader.Load(new CommandLineSettings { Data = Folder() });

        Assert.Empty(loaded.Failures);
        Assert.True(loaded.Settings.Demo);
        Assert.Equal("http://127.0.0.1:5080", loaded.Settings.Urls);
    }

    [Fact]
    public void Load_ManyMistakes_AreAllToldAtOnceWithKeyValueAndLegalValues()
    {
        var loaded = SettingsLoader.Load(new CommandLineSettings
        {
            Data = Folder(),
            Urls = "ftp://x",
            Projects = ["Bad_Project"],
            Set = ["Simulator:Seed=many", "Simulator:Port=70000", "Nonsense=1", "Google:Credentials=Maybe", "noequals"],
        });

        Assert.Equal(7, loaded.Failures.Count(f =>
            f.Contains("'ftp://x' is not an address to listen on", StringComparison.Ordinal)
            || f.Contains("'Bad_Project', which is not a project id", StringComparison.Ordinal)
            || f.Contains("Simulator:Seed = 'many' is not a whole number", StringComparison.Ordinal)
            || f.Contains("Simulator:Port = 70000 is out of range. Legal: 0 to 65535", StringComparison.Ordinal)
            || f.Contains("Nonsense is not a setting. Settings here: Urls, Data", StringComparison.Ordinal)
            || f.Contains("Credentials = 'Maybe'. Legal: ApplicationDefault, None", StringComparison.Ordinal)
            || f.Contains("noequals: expected KEY=VALUE", StringComparison.Ordinal)));
        Assert.All(loaded.Failures, f => Assert.Contains(f, SettingsLoader.Explain(loaded.Failures), StringComparison.Ordinal));
    }

    [Fact]
    public void Load_RealProjectOnAllAddresses_IsRefused() =>
        Assert.Contains(
            SettingsLoader.Load(new CommandLineSettings { Data = Folder(), Urls = "http://0.0.0.0:5080", Projects = ["my-project"] }).Failures,
            static f => f.Contains("loopback addresses only", StringComparison.Ordinal));

    [Fact]
    public void Load_SetOnTheCommandLine_Wins()
    {
        var loaded = SettingsLoader.Load(new CommandLineSettings { Data = Folder(), Set = ["Simulator:Seed=7", "Simulator:LiveTraffic=false"] });

        Assert.Equal((7, false), (loaded.Settings.Simulator.Seed, loaded.Settings.Simulator.LiveTraffic));
    }

    [Fact]
    public void Load_DataIsAFile_IsSaid()
    {
        var file = Path.GetTempFileName();

        Assert.Contains(SettingsLoader.Load(new CommandLineSettings { Data = file }).Failures, f => f.Contains(file, StringComparison.Ordinal) && f.Contains("is a file", StringComparison.Ordinal));
        File.Delete(file);
    }

    [Fact]
    public async Task Serve_BadSettings_ExitsWith2() =>
        Assert.Equal(2, await CommandLine.Create().Parse(["serve", "--data", Folder(), "--set", "Simulator:Port=-1", "--set", "Nonsense=1"]).InvokeAsync());

    private static string Folder() => Path.Combine(Path.GetTempPath(), $"opsconsole-test-{Guid.NewGuid():N}");
}
