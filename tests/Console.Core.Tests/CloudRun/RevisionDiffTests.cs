using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.Google;

namespace OpsConsole.Core.Tests.CloudRun;

public sealed class RevisionDiffTests
{
    [Fact]
    public void Compare_SameRevision_HasNoDifferences() => Assert.Empty(RevisionDiff.Compare(RealShapes.Revision, RealShapes.Revision));

    [Fact]
    public void Compare_OnlyIdentity_HasNoDifferences() =>
        Assert.Empty(RevisionDiff.Compare(
            """{"name":"a","uid":"1","createTime":"2026-01-01T00:00:00Z","etag":"x","generation":"1","conditions":[{"type":"Ready"}],"logUri":"a"}""",
            """{"name":"b","uid":"2","createTime":"2026-01-02T00:00:00Z","etag":"y"}"""));

    [Theory]
    [InlineData("""{"resources":{"limits":{"cpu":"1","memory":"1Gi"}}}""", """{"resources":{"limits":{"cpu":"1000m","memory":"1024Mi"},"cpuIdle":false,"startupCpuBoost":false}}""")]
    [InlineData("""{"name":"a","image":"i"}""", """{"image":"i","env":[],"args":[]}""")]
    [InlineData("""{"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}""", """{"env":[{"name":"B","value":"2"},{"name":"A","value":"1"}]}""")]
    [InlineData("""{"livenessProbe":{"periodSeconds":10,"tcpSocket":{"port":1}}}""", """{"livenessProbe":{"tcpSocket":{"port":1},"timeoutSeconds":1}}""")]
    public void Compare_DefaultsSpellingsAndOrder_DoNotCount(string before, string after) =>
        Assert.Empty(RevisionDiff.Compare($$"""{"containers":[{{before}}]}""", $$"""{"timeout":"300.0s","scaling":{},"containers":[{{after}}]}"""));

    [Fact]
    public void Compare_Settings_HaveFriendlyNamesAndValues()
    {
        var differences = RevisionDiff.Compare(
            """{"scaling":{"maxInstanceCount":100},"timeout":"60s","containers":[{"image":"a:1","resources":{"limits":{"memory":"512Mi","cpu":"1"},"cpuIdle":true}}]}""",
            """{"scaling":{"minInstanceCount":2,"maxInstanceCount":10},"containers":[{"image":"a:2","resources":{"limits":{"memory":"2Gi","cpu":"2000m"}}}],"executionEnvironment":"EXECUTION_ENVIRONMENT_GEN2"}""");

        Assert.Equal(
            [
                "Maximum instances of the revision: 100 -> 10",
                "Minimum instances of the revision: 0 (default) -> 2",
                "Request timeout: 60 s -> 300 s (default)",
                "CPU: 1 CPU -> 2 CPU",
                "CPU billing: request-based -> instance-based (default)",
                "Execution environment: - -> second generation",
                "Memory: 512 MiB -> 2 GiB",
                "Image: a:1 -> a:2",
            ],
            differences.Select(Print));
    }

    [Fact]
    public void Compare_NoResourcesObject_IsRequestBased()
    {
        var difference = Assert.Single(RevisionDiff.Compare("""{"containers":[{"image":"a"}]}""", """{"containers":[{"image":"a","resources":{}}]}"""));

        Assert.Equal("CPU billing: request-based -> instance-based (default)", Print(difference));
    }

    [Fact]
    public void Compare_Variables_SaysWhichChangedAndNeverTheValue()
    {
        var differences = RevisionDiff.Compare(
            """{"containers":[{"env":[{"name":"GONE","value":"old-1"},{"name":"KEY","value":"old-2"},{"name":"SAME","value":"x"},{"name":"PW","valueSource":{"secretKeyRef":{"secret":"projects/p/secrets/pw","version":"1"}}}]}]}""",
            """{"containers":[{"env":[{"name":"KEY","value":"new-2"},{"name":"SAME","value":"x"},{"name":"EMPTY"},{"name":"PW","valueSource":{"secretKeyRef":{"secret":"projects/p/secrets/pw","version":"latest"}}}]}]}""");

        Assert.Equal(
            ["Variable EMPTY", "Variable GONE", "Variable KEY", "Variable PW: secret version"],
            differences.Select(static d => d.Name));
        Assert.All(differences.Take(3), static d => Assert.True(d.IsMasked));
        Assert.Equal((null, RawJsonMask.Hidden), (differences[0].Before, differences[0].After));
        Assert.Equal((RawJsonMask.Hidden, null), (differences[1].Before, differences[1].After));
        Assert.Equal(("1", "latest"), (differences[3].Before, differences[3].After));
        Assert.DoesNotContain(differences, static d => $"{d.Before}{d.After}".Contains("old-", StringComparison.Ordinal) || $"{d.Before}{d.After}".Contains("new-", StringComparison.Ordinal));
    }

    [Fact]
    public void Compare_SecretArgument_SaysThatItChangedButNotTheValue()
    {
        var difference = Assert.Single(RevisionDiff.Compare(
            """{"containers":[{"args":["--token=aaa","--v"]}]}""", """{"containers":[{"args":["--token=bbb","--v"]}]}"""));

        Assert.Equal("Arguments", difference.Name);
        Assert.Equal($"--token={RawJsonMask.Hidden} --v", difference.After);
    }

    [Fact]
    public void Compare_SidecarAdded_NamesTheContainer()
    {
        var differences = RevisionDiff.Compare(
            """{"containers":[{"name":"app","image":"a"},{"name":"proxy","image":"p:1"}]}""",
            """{"containers":[{"name":"proxy","image":"p:2"},{"name":"app","image":"a"}]}""");

        Assert.Equal("Image of container proxy: p:1 -> p:2", Print(Assert.Single(differences)));
    }

    [Fact]
    public void Compare_UnknownField_IsShownUnderItsPath()
    {
        var difference = Assert.Single(RevisionDiff.Compare("""{"overflowScaling":{"mode":"A"}}""", """{"overflowScaling":{"mode":"B"}}"""));

        Assert.Equal(("overflowScaling.mode", RevisionDifferenceGroup.Other), (difference.Name, difference.Group));
    }

    [Fact]
    public void Compare_LabelsAnnotationsAndVolumes_AreNamed()
    {
        var differences = RevisionDiff.Compare(
            """{"labels":{"commit-sha":"1"},"annotations":{"run.googleapis.com/scaling-cpu-target":"60"}}""",
            """{"labels":{"commit-sha":"2"},"volumes":[{"name":"cache","emptyDir":{}}],"containers":[{"resources":{},"volumeMounts":[{"name":"cache","mountPath":"/c"}]}]}""");

        Assert.Equal(
            ["Mount of volume cache: mountPath", "Volume cache: emptyDir", "Annotation run.googleapis.com/scaling-cpu-target", "Label commit-sha"],
            differences.Select(static d => d.Name));
    }

    private static string Print(RevisionDifference d) => $"{d.Name}: {d.Before ?? "-"} -> {d.After ?? "-"}";
}
