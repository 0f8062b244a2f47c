using System.Text;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.Tests.AuditTrail.Merkle;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Notes;

/// <summary>The three proof files: they read back, hold, and no byte of what they prove can be changed.</summary>
public sealed class ProofFileTests
{
    private static readonly MerkleHash[] Leaves = Trees.Leaves(50);
    private static readonly TiledTree Tree = new(MemoryTiles.Of(Leaves), Leaves.Length);
    private static readonly SignedCheckpoint Signed = Keys.Checkpoint(Leaves.Length, Trees.Root(Leaves));
    private static readonly WitnessPolicy Policy = WitnessPolicy.OfLogs(Keys.Log.AsLog().Key);

    [Fact]
    public async Task TlogProof_OfEveryLeaf_ReadsBackAndHolds()
    {
        for (var index = 0; index < Leaves.Length; index++)
        {
            var proof = new TlogProof(index, (await Tree.InclusionAsync(index, default)).Path, Signed) { Extra = index % 2 == 0 ? null : [1, 2, 3] };
            Assert.True(TlogProof.TryParse(proof.ToBytes(), out var read, out var problem), problem);
            Assert.Equal(proof.ToString(), read.ToString());
            Assert.Equal(proof.Extra, read.Extra);
            Assert.IsType<ProofVerdict.Trusted>(read.Verify(Encoding.UTF8.GetBytes($"{index}"), Policy));
            Assert.IsType<ProofVerdict.Refused>(read.Verify(Encoding.UTF8.GetBytes($"{index}x"), Policy));
            Assert.IsType<ProofVerdict.Refused>((read with { Index = index + 1 }).Verify(Encoding.UTF8.GetBytes($"{index}"), Policy));
        }
    }

    [Fact]
    public async Task TlogProof_AnyByteChanged_IsRefused()
    {
        var bytes = new TlogProof(21, (await Tree.InclusionAsync(21, default)).Path, Signed).ToBytes();
        Laws.Holds(from at in Gen.Choose(0, bytes.Length - 1) from bit in Gen.Choose(0, 7) select (at, bit), change =>
        {
            var changed = bytes.ToArray();
            changed[change.at] ^= (byte)(1 << change.bit);
            return !TlogProof.TryParse(changed, out var read, out _) || read.Verify("21"u8, Policy) is ProofVerdict.Refused;
        });
    }

    [Fact]
    public void TlogProof_Layout_IsTheOneOfTheSpecification()
    {
        var proof = new TlogProof(1, [TreeHasher.Empty], Signed) { Extra = [0] };

        Assert.Equal($"c2sp.org/tlog-proof@v1\nextra AA==\nindex 1\n{TreeHasher.Empty}\n\n{Signed}", proof.ToString());
        Assert.Equal($"c2sp.org/tlog-proof@v1\nindex 0\n\n{Signed}", new TlogProof(0, [], Signed).ToString());
    }

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra AA==\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nindex 0\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n")]
    public void TlogProof_OtherHead_SaysWhy(string head)
    {
        Assert.False(TlogProof.TryParse(Encoding.UTF8.GetBytes($"{head}{Signed}"), out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void ProofFiles_TooManyHashes_SayWhy()
    {
        var many = string.Concat(Enumerable.Repeat($"{TreeHasher.Empty}\n", 64));

        Assert.False(TlogProof.TryParse(Encoding.UTF8.GetBytes($"c2sp.org/tlog-proof@v1\nindex 0\n{many}\n{Signed}"), out _, out _));
        Assert.False(ConsistencyFile.TryParse(Encoding.UTF8.GetBytes($"old 1\n{many}\n{Signed}"), out _, out _));
        Assert.False(RangeFile.TryParse(Encoding.UTF8.GetBytes($"opsconsole/range-proof@v1\nrange 0 1\n{many}{many}\n{Signed}"), out _, out _));
    }

    [Fact]
    public async Task ConsistencyFile_FromEverySize_ReadsBackAndHolds()
    {
        for (var from = 0; from <= Leaves.Length; from++)
        {
            var file = new ConsistencyFile(from, (await Tree.ConsistencyAsync(from, default)).Path, Signed);
            Assert.True(ConsistencyFile.TryParse(file.ToBytes(), out var read, out var problem), problem);
            Assert.Equal(file.ToString(), read.ToString());
            Assert.True(read.Proof.Verify(Trees.Root(Leaves.AsSpan(0, from)), read.Checkpoint.Checkpoint.Root));
        }
    }

    [Theory]
    [InlineData("old 01\n\n")]
    [InlineData("old\n\n")]
    [InlineData("new 1\n\n")]
    [InlineData("old 1\nAAAA\n\n")]
    [InlineData("old 1\n")]
    public void ConsistencyFile_OtherHead_SaysWhy(string head) =>
        Assert.False(ConsistencyFile.TryParse(Encoding.UTF8.GetBytes($"{head}{Signed}"), out _, out _));

    [Fact]
    public async Task RangeFile_OfRanges_ReadsBackAndHolds()
    {
        foreach (var (start, end) in new[] { (0, 50), (0, 0), (50, 50), (7, 8), (3, 33), (32, 50), (10, 10) })
        {
            var file = new RangeFile(start, end, (await Tree.RangeAsync(start, end, default)).Hashes, Signed);
            Assert.True(RangeFile.TryParse(file.ToBytes(), out var read, out var problem), problem);
            Assert.Equal(file.ToString(), read.ToString());
            Assert.True(read.Proof.Verify(Leaves[start..end], Signed.Checkpoint.Root));
        }
    }

    [Theory]
    [InlineData("opsconsole/range-proof@v1\nrange 2 1\n\n")]
    [InlineData("opsconsole/range-proof@v1\nrange 1\n\n")]
    [InlineData("opsconsole/range-proof@v1\nrange 1 02\n\n")]
    [InlineData("opsconsole/range-proof@v1\n\n")]
    public void RangeFile_OtherHead_SaysWhy(string head) =>
        Assert.False(RangeFile.TryParse(Encoding.UTF8.GetBytes($"{head}{Signed}"), out _, out _));
}
