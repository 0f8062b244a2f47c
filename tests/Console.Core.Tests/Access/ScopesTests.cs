using OpsConsole.Core.Access;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.CloudRun;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Testing;
using OpsConsole.Testing.AuditTrail;
using OpsConsole.Testing.CloudRun;
using OpsConsole.Testing.Storage;

namespace OpsConsole.Core.Tests.Access;

/// <summary>Whoever is limited to a project or a workspace sees nothing of the others, wherever it is read.</summary>
public sealed class ScopesTests
{
    [Fact]
    public async Task FleetCache_ForAViewerOfOneProject_HidesTheOthersAlsoWhenTheyAreKept()
    {
        var cloudRun = new FakeCloudRun { Projects = ["alpha", "beta"] };
        var whole = new FleetCache(cloudRun, new ManualTime());
        var other = ResourceName.Parse("projects/beta/locations/europe-west1/services/pay");
        await whole.ServiceAsync(other, fresh: true, CancellationToken.None);
        await whole.RevisionsAsync(other, fresh: true, CancellationToken.None);
        var calls = cloudRun.Calls(nameof(ICloudRun.GetServiceAsync));

        var mine = whole.For(static project => project == "alpha");

        Assert.Equal(["alpha"], mine.Projects);
        Assert.IsType<CloudRunError.NotYours>((await mine.ServiceAsync(other, fresh: false, CancellationToken.None)).Value.Error);
        Assert.IsType<CloudRunError.NotYours>((await mine.RevisionsAsync(other, fresh: false, CancellationToken.None)).Value.Failures[0].Error);
        Assert.IsType<CloudRunError.NotYours>((await mine.ServiceAsync(other, fresh: true, CancellationToken.None)).Value.Error);
        Assert.Equal(calls, cloudRun.Calls(nameof(ICloudRun.GetServiceAsync)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task AuditReader_ForAReaderOfOneWorkspace_GivesOutThatOneAlone(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var appender = new AuditStore(database.Database, TimeProvider.System, new SealSignals());
        var reader = new AuditReader(database.Database, TimeProvider.System, new SealSignals());
        await appender.AppendAsync([AnEvent.Of("a1", workspace: "alpha"), AnEvent.Of("b1", workspace: "beta")], AuditVia.Api, "test", CancellationToken.None);
        var limited = new Actor("clara@acme.example", "Clara", [])
        {
            Standing = new FixedStanding(new Grant(Role.Compliance, new AccessScope([], ["alpha"]))),
        };
        var acts = new ActEvents(TimeProvider.System);
        AuditEvent Access() => acts.Of(limited, AuditActions.AuditSearch, AuditOutcome.Success);

        var page = await reader.SearchAsync(new AuditQuery(), null, 100, Access(), CancellationToken.None);
        Assert.Equal(["alpha"], page.Records.Select(static r => r.Event.Workspace).Distinct(StringComparer.Ordinal));
        Assert.Empty((await reader.SearchAsync(new AuditQuery { Workspaces = ["beta"] }, null, 100, Access(), CancellationToken.None)).Records);
        Assert.Null(await reader.FindAsync("beta", "b1", Access(), CancellationToken.None));
        Assert.NotNull(await reader.FindAsync("alpha", "a1", Access(), CancellationToken.None));
        List<string> streamed = [];
        await foreach (var record in reader.StreamAsync(new AuditQuery(), Access(), CancellationToken.None))
        {
            streamed.Add(record.Event.Workspace);
        }

        Assert.Equal(["alpha"], streamed.Distinct(StringComparer.Ordinal));
        Assert.All(await reader.FacetsAsync(new AuditQuery().LimitedTo(limited), CancellationToken.None), static f => Assert.NotEqual("beta", f.Value));
        Assert.Equal(1, (await reader.CountAsync(new AuditQuery().LimitedTo(limited), CancellationToken.None)).Value);

        var nobody = new Actor("n", "N", []) { Standing = new FixedStanding() };
        Assert.Empty((await reader.SearchAsync(new AuditQuery(), null, 100, acts.Of(nobody, AuditActions.AuditSearch, AuditOutcome.Success), CancellationToken.None)).Records);
    }

    private sealed class FixedStanding(params Grant[] grants) : IStanding
    {
        public IReadOnlyList<Grant> Grants => grants;

        public string? WhyOver => null;
    }
}
