using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.Changes.Receipts;

namespace OpsConsole.Core.Tests.Changes.Receipts;

public sealed class ReceiptJudgeTests
{
    [Fact]
    public void Of_TheSameTwice_IsGood() => Assert.Equal(ReceiptVerdict.Good, Of(Numbers(), Numbers()).Verdict);

    [Fact]
    public void Of_ErrorsRise_IsBadAndSaysHowMuch()
    {
        var (verdict, because) = Of(Numbers(errors: 1), Numbers(errors: 30));

        Assert.Equal(ReceiptVerdict.Bad, verdict);
        Assert.Equal("Errors (5xx) rose: 1 of 1,000 (0.1 %) → 30 of 1,000 (3.0 %).", Assert.Single(because));
    }

    [Fact]
    public void Of_EveryRequestFails_IsBadThoughTheyAreFew() =>
        Assert.Equal(ReceiptVerdict.Bad, Of(Numbers(), Numbers(requests: 6, errors: 6)).Verdict);

    [Fact]
    public void Of_OneErrorMore_IsChance() => Assert.Equal(ReceiptVerdict.Good, Of(Numbers(errors: 5), Numbers(errors: 9)).Verdict);

    [Fact]
    public void Of_429sRise_IsBad() => Assert.Contains("429", Assert.Single(Of(Numbers(), Numbers() with { TooMany = 40 }).Because), StringComparison.Ordinal);

    [Fact]
    public void Of_WorkComesToBeAtRisk_IsBad() =>
        Assert.Contains("0 → 12", Assert.Single(Of(Numbers() with { Background = 12 }, Numbers() with { Background = 12, AtRisk = 12 }).Because), StringComparison.Ordinal);

    [Fact]
    public void Of_OnlyTheTailOfTheLatencyRises_IsTheStartOfInstances() =>
        Assert.Equal(ReceiptVerdict.Good, Of(Numbers(p50: 80, p95: 200), Numbers(p50: 82, p95: 900)).Verdict);

    [Fact]
    public void Of_MedianAndTailRise_IsBad() =>
        Assert.Equal("Latency rose: median 80 ms → 240 ms, 95th percentile 200 ms → 900 ms.", Assert.Single(Of(Numbers(p50: 80, p95: 200), Numbers(p50: 240, p95: 900)).Because));

    [Theory]
    [InlineData(0, 0, "No request came in either window.")]
    [InlineData(500, 0, "No request came after the change.")]
    [InlineData(0, 500, "No request came before the change: there is nothing to compare with.")]
    [InlineData(19, 500, "Too few requests to tell: 19 before and 500 after, 20 are needed on either side.")]
    public void Of_FewRequests_CannotTell(int before, int after, string because)
    {
        var (verdict, reasons) = Of(Numbers(requests: before), Numbers(requests: after));

        Assert.Equal(ReceiptVerdict.CannotTell, verdict);
        Assert.Equal(because, Assert.Single(reasons));
    }

    [Fact]
    public void Of_FewerErrorsAfter_NeverMakesItWorse() => Prop.ForAll(
        Gen.Choose(0, 300).Four().ToArbitrary(),
        static n =>
        {
            var (before, after) = (Numbers(requests: n.Item1 + n.Item2, errors: n.Item2), Numbers(requests: n.Item3 + n.Item4, errors: n.Item4));
            var better = Of(before, after with { Errors = n.Item4 / 2 }).Verdict;
            return better != ReceiptVerdict.Bad || Of(before, after).Verdict == ReceiptVerdict.Bad;
        }).QuickCheckThrowOnFailure();

    private static (ReceiptVerdict Verdict, IReadOnlyList<string> Because) Of(ReceiptNumbers before, ReceiptNumbers after) => ReceiptJudge.Of(before, after);

    private static ReceiptNumbers Numbers(int requests = 1000, int errors = 0, double p50 = 80, double p95 = 200) =>
        new() { Requests = requests, Errors = errors, P50Milliseconds = p50, P95Milliseconds = p95 };
}
