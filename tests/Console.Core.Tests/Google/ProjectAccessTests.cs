using System.Text.Json;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.Google;

public sealed class ProjectAccessTests
{
    private const string Path = "/v1/projects/acme:testIamPermissions";

    [Fact]
    public async Task MissingPermissions_SomeGranted_NamesTheOthers()
    {
        await using var bench = await Bench.StartAsync();
        var granted = PermissionReport.NeededToRead.Where(static p => p is not ("run.jobs.list" or "logging.logEntries.list"));
        bench.Google.On(Path, ScriptedAnswer.Json(JsonSerializer.Serialize(new Dictionary<string, object> { ["permissions"] = granted })));

        var report = (await bench.Access.MissingPermissionsAsync("acme", CancellationToken.None)).Value!;

        Assert.Equal(["run.jobs.list", "logging.logEntries.list"], report.Missing);
        Assert.Contains("run.workerpools.list", Assert.Single(bench.Google.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingPermissions_NoneGranted_NamesAll()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Json("{}"));

        var report = (await bench.Access.MissingPermissionsAsync("acme", CancellationToken.None)).Value!;

        Assert.Equal(PermissionReport.NeededToRead, report.Missing);
    }

    [Fact]
    public async Task MissingPermissions_ApiOff_IsAnErrorThatSaysSo()
    {
        await using var bench = await Bench.StartAsync();
        bench.Google.On(Path, ScriptedAnswer.Error(403, "PERMISSION_DENIED", "Cloud Resource Manager API has not been used in project 1 before or it is disabled."));

        var result = await bench.Access.MissingPermissionsAsync("acme", CancellationToken.None);

        Assert.Contains("has not been used", result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingPermissions_NoAddress_TestsNothing()
    {
        await using var bench = await Bench.StartAsync(static c => c.ResourceManagerBaseAddress = null);

        var report = (await bench.Access.MissingPermissionsAsync("acme", CancellationToken.None)).Value!;

        Assert.Empty(report.Tested);
        Assert.Empty(report.Missing);
        Assert.Empty(bench.Google.Requests);
    }
}
