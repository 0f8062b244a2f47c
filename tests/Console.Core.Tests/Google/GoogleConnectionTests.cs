using OpsConsole.Core.Google;

namespace OpsConsole.Core.Tests.Google;

public sealed class GoogleConnectionTests
{
    [Fact]
    public void Problems_Defaults_AreNone() => Assert.Empty(new GoogleConnection().Problems());

    [Fact]
    public void Problems_SeveralMistakes_AreAllNamedWithValueAndLegalValues()
    {
        var problems = new GoogleConnection
        {
            Projects = ["my-project", "../other"],
            CloudRunBaseAddress = new Uri("http://run.example.com/"),
            LoggingBaseAddress = new Uri("ftp://logs/"),
            Timeout = TimeSpan.Zero,
            LogReadsPerMinute = 600,
        }.Problems();

        Assert.Equal(5, problems.Count);
        Assert.Contains(problems, static p => p.Contains("CloudRunBaseAddress is 'http://run.example.com/'", StringComparison.Ordinal) && p.Contains("https", StringComparison.Ordinal));
        Assert.Contains(problems, static p => p.Contains("'../other'", StringComparison.Ordinal));
    }

    [Fact]
    public void Problems_HttpOnThisMachine_IsFine() =>
        Assert.Empty(new GoogleConnection { CloudRunBaseAddress = new Uri("http://127.0.0.1:8085/") }.Problems());
}
