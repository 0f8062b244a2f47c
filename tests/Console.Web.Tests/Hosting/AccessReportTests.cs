using OpsConsole.Testing.Google;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Hosting;

/// <summary>What the terminal says of a real project's permissions.</summary>
public sealed class AccessReportTests
{
    private const string Test = "/v1/projects/my-project:testIamPermissions";

    [Fact]
    public async Task Report_SomeMissing_NamesThemAndTheRoles()
    {
        await using var google = await ScriptedGoogle.StartAsync();
        google.On(Test, ScriptedAnswer.Json("""{"permissions":["run.services.list","run.services.get","run.revisions.list","run.revisions.get","run.jobs.get","run.executions.list","run.workerpools.list","run.workerpools.get","run.locations.list","run.operations.get"]}"""));

        var line = Assert.Single(await ReportAsync(google.BaseAddress.ToString()));

        Assert.Contains("my-project: missing permissions: run.jobs.list, logging.logEntries.list.", line, StringComparison.Ordinal);
        Assert.Contains("roles/run.viewer", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_NoCredentials_NamesTheCommandThatMakesThem()
    {
        await using var google = await ScriptedGoogle.StartAsync();
        google.On(Test, ScriptedAnswer.Json("""{"error":{"code":401,"message":"Request is missing required authentication credential.","status":"UNAUTHENTICATED"}}""", 401));

        Assert.Contains("gcloud auth application-default login", Assert.Single(await ReportAsync(google.BaseAddress.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_CheckLeftOut_SaysSo() =>
        Assert.Contains("not tested", Assert.Single(await ReportAsync("")), StringComparison.Ordinal);

    private static async Task<IReadOnlyList<string>> ReportAsync(string resourceManager)
    {
        var data = Directory.CreateTempSubdirectory("opsconsole-test-").FullName;
        try
        {
            var settings = new ConsoleSettings { Urls = "http://127.0.0.1:0", Data = data, Projects = ["my-project"] };
            settings.Google.Credentials = "None";
            settings.Google.CloudRunAddress = settings.Google.LoggingAddress = "http://127.0.0.1:9/";
            settings.Google.ResourceManagerAddress = resourceManager;
            await using var host = await ConsoleHost.StartAsync(settings, CancellationToken.None);
            return await host.AccessReportAsync(CancellationToken.None);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
