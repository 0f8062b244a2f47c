using OpsConsole.Testing.Processes;
using OpsConsole.Web.Hosting;

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
    public async Task Start_AddressThatThisMachineHasNot_SaysSo()
    {
        var data = Directory.CreateTempSubdirectory("opsconsole-listen-").FullName;
        try
        {
            // A loopback address in the spelling of IPv6, which no socket binds to.
            var settings = new ConsoleSettings { Urls = "http://[::ffff:127.0.0.1]:0", Data = data };

            var refused = await Assert.ThrowsAsync<StartException>(() => ConsoleHost.StartAsync(settings, CancellationToken.None));

            Assert.Contains("cannot listen on http://[::ffff:127.0.0.1]:0", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
