using OpsConsole.Testing.Processes;

namespace OpsConsole.Web.Tests.Hosting;

public sealed class ListeningTests
{
    [Fact]
    public async Task Start_EndpointsOfTheWebServersOwnSection_RefusesToStart()
    {
        var data = Directory.CreateTempSubdirectory("opsconsole-listen-").FullName;
        try
        {
            var (exitCode, output) = await ConsoleProcess.RunAsync(
                ["--urls", "http://127.0.0.1:0", "--data", data],
                new Dictionary<string, string>(),
                new Dictionary<string, string> { ["Kestrel__Endpoints__X__Url"] = "http://127.0.0.1:0" }).WaitAsync(TimeSpan.FromMinutes(3));

            Assert.Equal(2, exitCode);
            Assert.Contains("Kestrel:Endpoints:X is set", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Start_ForwardedHeadersSwitchedOnInTheEnvironment_AreStillNotBelieved()
    {
        var data = Directory.CreateTempSubdirectory("opsconsole-listen-").FullName;
        try
        {
            await using var console = await ConsoleProcess.StartAsync(
                data,
                new Dictionary<string, string> { ["Simulator:HistoryHours"] = "0", ["Simulator:LiveTraffic"] = "false" },
                new Dictionary<string, string> { ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true" });
            using var stranger = new HttpClient { BaseAddress = console.Address };
            stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "127.0.0.1");
            stranger.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

            using var answer = await stranger.GetAsync(new Uri("/healthz", UriKind.Relative));

            Assert.True(answer.IsSuccessStatusCode);
            Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Start_AddressThatThisMachineHasNot_SaysSo()
    {
        var data = Directory.CreateTempSubdirectory("opsconsole-listen-").FullName;
        try
        {
            // A loopback address in the spelling of IPv6, which no socket binds to.
            var (exitCode, output) = await ConsoleProcess.RunAsync(
                ["--urls", "http://[::ffff:127.0.0.1]:0", "--data", data], new Dictionary<string, string>(), new Dictionary<string, string>()).WaitAsync(TimeSpan.FromMinutes(3));

            Assert.Equal(2, exitCode);
            Assert.Contains("cannot start: it cannot listen on http://[::ffff:127.0.0.1]:0", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
