using OpsConsole.Core.Changes.Kinds;
using OpsConsole.Core.Changes.Receipts;
using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;
using OpsConsole.Testing.CloudRun;

namespace OpsConsole.Core.Tests.Changes.Receipts;

public sealed class ReceiptStretchTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Ten = TimeSpan.FromMinutes(10);

    [Fact]
    public void Of_NothingElse_IsTheWholeWindowOnEitherSide()
    {
        var stretch = ReceiptStretch.Of(Run("a", 0), [Run("a", 0)], [], Ten);

        Assert.Equal((Start - Ten, Start, Start.AddMinutes(1), Start.AddMinutes(11), ""), (stretch.BeforeFrom, stretch.BeforeTo, stretch.AfterFrom, stretch.AfterTo, stretch.Note));
    }

    [Theory]
    [InlineData(-4, 3)]
    [InlineData(5, 4)]
    [InlineData(0.5, 0)]
    [InlineData(-30, 10)]
    public void Of_AnotherChange_CutsBothSidesToOneLength(double other, double minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), ReceiptStretch.Of(Run("a", 0), [Run("b", other), Run("a", 0)], [], Ten).Length);

    [Fact]
    public void Of_AnotherChangeThatFailed_DoesNotCut() =>
        Assert.Equal(Ten, ReceiptStretch.Of(Run("a", 0), [Run("b", 5) with { Phase = ChangePhase.Failed }], [], Ten).Length);

    [Fact]
    public void Of_RevisionMadeElsewhere_Cuts()
    {
        var own = Build.Revision("checkout-00002-bbb", created: Start.AddSeconds(2));
        var elsewhere = Build.Revision("checkout-00003-ccc", created: Start.AddMinutes(7));

        var stretch = ReceiptStretch.Of(Run("a", 0), [Run("a", 0)], [elsewhere, own], Ten);

        Assert.Equal(TimeSpan.FromMinutes(6), stretch.Length);
        Assert.Contains("changed again", stretch.Note, StringComparison.Ordinal);
    }

    private static ChangeRun Run(string id, double minutes) => new()
    {
        Id = id,
        Resource = ResourceName.Service("acme-prod", "europe-west1", "checkout"),
        Change = new SetTimeout(60),
        Settings = [],
        Etag = "",
        NewRevision = true,
        LatestRevision = "",
        ActorId = "sam",
        ActorName = "Sam",
        Reason = "",
        StartedAt = Start.AddMinutes(minutes),
        EndedAt = Start.AddMinutes(minutes + 1),
        Phase = ChangePhase.Succeeded,
        Revision = id == "a" ? "checkout-00002-bbb" : "",
    };
}
