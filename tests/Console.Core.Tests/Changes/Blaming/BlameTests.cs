using OpsConsole.Core.AuditTrail.Reconciliation;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Blaming;
using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;

namespace OpsConsole.Core.Tests.Changes.Blaming;

public sealed class BlameTests
{
    [Fact]
    public void Of_ValueOfTheMiddleRevision_IsBlamedOnThatOne()
    {
        var memory = Find("Memory", [Made(1, "512Mi"), Made(2, "1Gi"), Made(3, "1Gi")]);

        Assert.Equal("checkout-00002", memory.Origin!.Revision);
        Assert.Equal("dev2@acme.example", memory.Origin.Who);
        Assert.Contains("512", memory.Before, StringComparison.Ordinal);
        Assert.False(memory.Origin.OrBefore);
    }

    [Fact]
    public void Of_ValueChangedAndChangedBack_IsBlamedOnTheLast()
    {
        var memory = Find("Memory", [Made(1, "1Gi"), Made(2, "512Mi"), Made(3, "1Gi")]);

        Assert.Equal("checkout-00003", memory.Origin!.Revision);
    }

    [Fact]
    public void Of_NeverChanged_IsOfTheOldestOrBefore()
    {
        var memory = Find("Memory", [Made(1, "1Gi"), Made(2, "1Gi")]);

        Assert.Equal("checkout-00001", memory.Origin!.Revision);
        Assert.True(memory.Origin.OrBefore);
        Assert.Null(memory.Before);
    }

    [Fact]
    public void Of_RevisionMadeHere_NamesThePersonAndTheReason()
    {
        var change = Changed("template.containers[0].resources.limits[memory]", "\"512Mi\"", "\"1Gi\"") with { Revision = "checkout-00002" };

        var memory = Find("Memory", [Made(1, "512Mi"), Made(2, "1Gi")], change);

        Assert.Equal("Sam Rivera", memory.Origin!.Who);
        Assert.Equal("out of memory", memory.Origin.Why);
        Assert.Equal(change.Id, memory.Origin.ChangeId);
    }

    [Fact]
    public void Of_FailedChange_IsNotNamed()
    {
        var change = Changed("template.x", null, null) with { Revision = "checkout-00002", Phase = ChangePhase.Failed };

        Assert.Equal("dev2@acme.example", Find("Memory", [Made(1, "512Mi"), Made(2, "1Gi")], change).Origin!.Who);
    }

    [Fact]
    public void Of_ServiceMinimumSetHere_NamesTheChange()
    {
        var service = Build.Service() with { RawJson = """{"scaling":{"minInstanceCount":2}}""" };

        var minimum = Assert.Single(Blame.Of(service, [], [Changed("scaling.minInstanceCount", null, "2")]), static s => s.Path == "scaling.minInstanceCount");

        Assert.Equal("2", minimum.Value);
        Assert.Equal("Sam Rivera", minimum.Origin!.Who);
    }

    [Fact]
    public void Of_ServiceMinimumChangedElsewhereSince_NamesNobody()
    {
        var service = Build.Service() with { RawJson = """{"scaling":{"minInstanceCount":5}}""" };

        var minimum = Assert.Single(Blame.Of(service, [], [Changed("scaling.minInstanceCount", null, "2")]), static s => s.Path == "scaling.minInstanceCount");

        Assert.Null(minimum.Origin);
        Assert.Equal("2", minimum.Before);
    }

    [Fact]
    public void Of_ServiceMinimumChangedElsewhereSince_IsBlamedOnGooglesLog()
    {
        var service = Build.Service() with { RawJson = """{"scaling":{"minInstanceCount":5}}""" };
        var acts = new[]
        {
            Act("a", 1, "sam@acme.example", 1), Act("b", 2, "deploy-bot@acme.example", 5), Act("c", 3, "terraform@acme.example", 5),
        };

        var minimum = Assert.Single(Blame.Of(service, [], [Changed("scaling.minInstanceCount", null, "2")], acts), static s => s.Path == "scaling.minInstanceCount");

        Assert.Equal(("deploy-bot@acme.example", "b", BlameSource.GoogleLog, "gcloud/528"), (minimum.Origin!.Who, minimum.Origin.GoogleEntry, minimum.Origin.Source, minimum.Origin.Client));
        Assert.Equal(("1", false), (minimum.Before, minimum.Origin.OrBefore));
    }

    [Fact]
    public void Of_ChangedElsewhereAndBackSinceOurChange_IsBlamedOnTheLast()
    {
        var service = Build.Service() with { RawJson = """{"scaling":{"minInstanceCount":2}}""" };
        var acts = new[] { Act("a", 1, "x@acme.example", 4), Act("b", 2, "deploy-bot@acme.example", 2) };

        var minimum = Assert.Single(Blame.Of(service, [], [Changed("scaling.minInstanceCount", null, "2")], acts), static s => s.Path == "scaling.minInstanceCount");

        Assert.Equal("deploy-bot@acme.example", minimum.Origin!.Who);
        Assert.Equal("4", minimum.Before);
    }

    [Fact]
    public void Of_OldestStateInTheLog_MayHaveBeenSoBefore()
    {
        var service = Build.Service() with { RawJson = """{"scaling":{"minInstanceCount":2}}""" };

        var minimum = Assert.Single(Blame.Of(service, [], [], [Act("a", 1, "x@acme.example", 2)]), static s => s.Path == "scaling.minInstanceCount");

        Assert.True(minimum.Origin!.OrBefore);
    }

    [Fact]
    public void Of_RevisionMadeElsewhere_NamesTheAccountAndProgramOfGooglesLog()
    {
        var act = new GoogleAct
        {
            Key = new BookKey("services", "acme-prod", "europe-west1", "checkout"),
            Method = "ReplaceService",
            Principal = "deploy-bot@acme.example",
            UserAgent = "gcloud/528",
            At = Build.Now.AddDays(-8).AddSeconds(-2),
            Revision = "checkout-00002",
            InsertIds = ["x"],
        };

        var memory = Assert.Single(Blame.Of(Build.Service(), [Made(1, "512Mi"), Made(2, "1Gi")], [], [act]), static s => s.Name.StartsWith("Memory", StringComparison.Ordinal));

        Assert.Equal(("deploy-bot@acme.example", "gcloud/528", BlameSource.GoogleLog), (memory.Origin!.Who, memory.Origin.Client, memory.Origin.Source));
    }

    private static GoogleAct Act(string id, int hours, string who, int minimum) => new()
    {
        Key = new BookKey("services", "acme-prod", "europe-west1", "checkout"),
        Method = "UpdateService",
        Principal = who,
        UserAgent = "gcloud/528",
        At = Build.Now.AddHours(hours),
        State = $$$"""{"template":{},"scaling":{"minInstanceCount":{{{minimum}}}}}""",
        InsertIds = [id],
    };

    private static BlamedSetting Find(string name, IReadOnlyList<Revision> revisions, params IReadOnlyList<ChangeRun> changes) =>
        Assert.Single(Blame.Of(Build.Service(), revisions, changes), s => s.Name.StartsWith(name, StringComparison.Ordinal));

    private static Revision Made(int number, string memory) =>
        Build.Revision($"checkout-0000{number}", memory: memory, created: Build.Now.AddDays(number - 10), creator: $"dev{number}@acme.example");

    private static ChangeRun Changed(string path, string? before, string? after) => new()
    {
        Id = "0192f0c4-6a2e-7c1b-9a54-5d2f3c8e9b10",
        Resource = Build.Service().Name,
        Change = new SetInstanceLimits(2, null),
        Settings = [new SettingChange { Path = path, Name = "x", Before = "0", After = after ?? "", BeforeJson = before, AfterJson = after }],
        Etag = "",
        NewRevision = false,
        LatestRevision = "",
        ActorId = "sam.rivera@acme.example",
        ActorName = "Sam Rivera",
        Reason = "out of memory",
        StartedAt = Build.Now,
        Phase = ChangePhase.Succeeded,
        EndedAt = Build.Now,
    };
}
