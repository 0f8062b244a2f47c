using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.Changes;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Core.Tests.Changes;

/// <summary>A step of a gradual move: so much to one revision, the rest in the proportion that it had.</summary>
public sealed class ShiftTrafficTests
{
    [Fact]
    public void Plan_AnyShareOfAnySplit_MakesHundredTogetherAndKeepsTheOrderOfTheOthers() => Prop.ForAll(
        (from parts in Gen.Choose(0, 100).ArrayOf(3) from percent in Gen.Choose(0, 100) select (parts, percent)).ToArbitrary(),
        static sample =>
        {
            var (a, b) = (sample.parts[0], Math.Min(sample.parts[1], 100 - sample.parts[0]));
            var c = 100 - a - b;
            var json = PlannerTests.Service(more: $$"""
                "traffic":[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"r-a","percent":{{a}}},{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"r-b","percent":{{b}},"tag":"t"},{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"r-c","percent":{{c}}}],
                """);
            if (Planner.Plan(PlannerTests.Input(json), new ShiftTraffic("r-c", sample.percent)) is not Planning.Ready { Plan: var plan })
            {
                return;
            }

            var shares = TrafficList.Of(JsonNode.Parse(plan.Body)!["traffic"]);
            int Of(string revision) => shares.Where(s => s.Revision == revision).Sum(static s => s.Percent);
            Assert.Equal(100, shares.Sum(static s => s.Percent));
            Assert.Equal(sample.percent, Of("r-c"));
            Assert.Contains(shares, static s => s is { Revision: "r-b", Tag: "t" });

            // Nobody who had more has less than somebody who had less; rounding moves one per cent at most.
            Assert.True(a == b || (a > b) == (Of("r-a") > Of("r-b")) || Math.Abs(Of("r-a") - Of("r-b")) <= 1, plan.Body);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Plan_ARevisionThatHasAll_CannotShareWithNobody() => Assert.Contains(
        "no other revision",
        Assert.Single(PlannerTests.Refused(PlannerTests.Input(PlannerTests.Service()), new ShiftTraffic("", 40))).Reason,
        StringComparison.Ordinal);

    [Fact]
    public void Plan_TheLatestByItsName_IsTheLatest()
    {
        var json = PlannerTests.Service(more: """ "latestReadyRevision":"x/r-new","traffic":[{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST","percent":30},{"type":"TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION","revision":"r-old","percent":70}], """);

        var plan = Assert.IsType<Planning.Ready>(Planner.Plan(PlannerTests.Input(json), new ShiftTraffic("r-new", 50))).Plan;

        Assert.Equal("50 % to r-new, 50 % to r-old", string.Join(", ", TrafficList.Of(JsonNode.Parse(plan.Body)!["traffic"]).Where(static s => s.Percent > 0).OrderBy(static s => s.Revision, StringComparer.Ordinal).Select(static s => $"{s.Percent} % to {s.Revision}")));
    }
}
