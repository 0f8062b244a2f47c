using System.Globalization;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Sealing;

public sealed class LeafBatchTests
{
    private static readonly DateTimeOffset RecordedAt = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(3000)]
    public void Finish_OfDrafts_GivesEachLeafItsOwnEventAndThePseudonymOfItsActor(int count)
    {
        var batch = new LeafBatch();
        using var drafts = batch.Draft(Page(count));
        var refs = drafts.Actors.Select(static actor => actor.Key.Id.PadRight(LeafDrafts.NoRef.Length, '_')).ToList();

        var leaves = batch.Finish(drafts, refs, [batch.Void(7, 9, RecordedAt)]);

        Assert.Equal(count + 1, leaves.Count);
        Assert.Equal(Math.Min(count, 11), drafts.Actors.Count);
        for (var i = 0; i < count; i++)
        {
            Assert.True(LeafReader.TryRead(leaves[i].Bytes.Span, out var leaf, out var problem), problem);
            var e = Assert.IsType<EventLeaf>(leaf);
            Assert.Equal((i + 1L, $"e{i}", Actor(i).PadRight(22, '_')), (e.Sequence, e.Id, e.ActorRef));
            Assert.Equal(TreeHasher.Leaf(leaves[i].Bytes.Span), leaves[i].Hash);
            var opened = LeafReader.Open(e, leaves[i].Disclosures.Span);
            Assert.Equal(Actor(i), opened.Event.Actor.Id);
            Assert.Empty(opened.Erased);
        }

        Assert.Equal((7L, 9L), leaves[count].Void);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a ref of twenty-two ch")]
    [InlineData("\"quoted\\ and longer than any pseudonym that was given")]
    public void Finish_WithAPseudonymThatNoConsoleGave_StillMakesALeaf(string actorRef)
    {
        var batch = new LeafBatch();
        using var drafts = batch.Draft(Page(1));

        var leaf = batch.Finish(drafts, [actorRef], [])[0];

        using var read = System.Text.Json.JsonDocument.Parse(leaf.Bytes);
        Assert.Equal(actorRef, read.RootElement.GetProperty("actor").GetProperty("ref").GetString());
        Assert.Equal("e0", read.RootElement.GetProperty("id").GetString());
        Assert.Equal(TreeHasher.Leaf(leaf.Bytes.Span), leaf.Hash);
    }

    [Fact]
    public void Ask_AfterAPageThatEndedByItsBytes_AsksForFewerAndThenForMoreAgain()
    {
        var run = new SealRun(new SealState(new TileBuilder(), null, 0));
        var batch = new LeafBatch();
        using var few = batch.Draft(Page(40));
        using var last = batch.Draft(Page(3, hasMore: false));

        Assert.Equal(10_000, run.Ask(10_000));
        run.Learn(few);
        Assert.Equal(40, run.Ask(10_000));
        run.Learn(few);
        Assert.Equal(80, run.Ask(10_000));
        run.Learn(last);
        Assert.Equal(160, run.Ask(10_000));
    }

    private static string Actor(int i) => string.Create(CultureInfo.InvariantCulture, $"person{i % 11}");

    private static InboxPage Page(int count, bool hasMore = true) => new(
        [.. Enumerable.Range(0, count).Select(static i => new InboxRow(
            i + 1,
            "acme-prod",
            $"e{i}",
            RecordedAt,
            AuditVia.Api,
            "bench",
            AuditEventWriter.Write(AnEvent.Of($"e{i}") with { Actor = new AuditActor { Type = AuditActorType.User, Id = Actor(i) } })))],
        hasMore,
        []);
}
