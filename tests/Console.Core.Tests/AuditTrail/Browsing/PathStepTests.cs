using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.Tests.AuditTrail.Browsing;

public sealed class PathStepTests
{
    // By definition: MTH of RFC 6962 section 2.1, and PATH of section 2.1.1, without any cleverness.
    [Fact]
    public void Of_EveryLeafOfEverySmallTree_EndsAtTheRootAndCoversAllOtherLeaves()
    {
        for (var size = 1; size <= 40; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var steps = PathStep.Of(new InclusionProof(index, size, Path(index, 0, size)), Leaf(index));

                Assert.Equal(Root(0, size), steps.Count == 0 ? Leaf(index) : steps[^1].Parent);
                Assert.Equal(
                    Enumerable.Range(0, size).Where(i => i != index).Select(static i => (long)i),
                    steps.SelectMany(static s => Enumerable.Range((int)s.SiblingFrom, (int)(s.SiblingTo - s.SiblingFrom + 1))).Select(static i => (long)i).Order());
                Assert.All(steps, s => Assert.Equal(s.SiblingOnLeft, s.SiblingTo < index));
            }
        }
    }

    [Fact]
    public void Of_APathOfTheWrongLength_IsNothing() => Assert.Empty(PathStep.Of(new InclusionProof(0, 4, [Leaf(1)]), Leaf(0)));

    private static MerkleHash Leaf(int index) => TreeHasher.Leaf([(byte)index]);

    private static int Split(int count)
    {
        var k = 1;
        while (k * 2 < count)
        {
            k *= 2;
        }

        return k;
    }

    private static MerkleHash Root(int from, int count) =>
        count == 1 ? Leaf(from) : TreeHasher.Node(Root(from, Split(count)), Root(from + Split(count), count - Split(count)));

    private static MerkleHash[] Path(int index, int from, int count)
    {
        if (count == 1)
        {
            return [];
        }

        var k = Split(count);
        return index < from + k ? [.. Path(index, from, k), Root(from + k, count - k)] : [.. Path(index, from + k, count - k), Root(from, k)];
    }
}
