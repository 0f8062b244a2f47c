using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Tests.AuditTrail.Merkle;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Anchoring;

/// <summary>The folder: one file for each checkpoint, and no file ever changed.</summary>
public sealed class FolderAnchorTests : IDisposable
{
    private static readonly MerkleHash[] Leaves = Trees.Leaves(60);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("anchor-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Add_NewCheckpoints_AreOneFileEach()
    {
        var anchor = new FolderAnchor(Path.Combine(_folder.FullName, "made"));

        Assert.IsType<AnchorAnswer.Kept>(await anchor.AddAsync([Of(3), Of(40)], CancellationToken.None));
        Assert.IsType<AnchorAnswer.Kept>(await anchor.AddAsync([Of(40), Of(60)], CancellationToken.None));

        var files = Directory.GetFiles(Path.Combine(_folder.FullName, "made")).Order(StringComparer.Ordinal).ToList();
        Assert.Equal([FolderAnchor.FileOf(3), FolderAnchor.FileOf(40), FolderAnchor.FileOf(60)], files.Select(static f => Path.GetFileName(f)!));
        Assert.Equal(Of(40).Signed.ToBytes(), await File.ReadAllBytesAsync(files[1]));
        var seen = Assert.IsType<AnchorSight.Seen>(await anchor.ReadAsync(2, CancellationToken.None));
        Assert.False(seen.IsAll);
        Assert.Equal(Of(60).Signed.ToBytes(), seen.Checkpoints[0].Note);
    }

    [Fact]
    public async Task Add_SizeWithAnotherRoot_SaysSoAndKeepsTheFile()
    {
        var anchor = new FolderAnchor(_folder.FullName);
        await anchor.AddAsync([Of(40)], CancellationToken.None);
        var other = new StoredCheckpoint(Keys.Checkpoint(40, Leaves[0]), DateTimeOffset.UnixEpoch);

        var differs = Assert.IsType<AnchorAnswer.Differs>(await anchor.AddAsync([Of(3), other], CancellationToken.None));

        Assert.Equal(40, differs.Size);
        Assert.Equal(Of(40).Signed.ToBytes(), await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, FolderAnchor.FileOf(40))));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, FolderAnchor.FileOf(3))));
    }

    [Fact]
    public async Task Add_SameTextWithMoreSignatures_IsNoDifference()
    {
        var anchor = new FolderAnchor(_folder.FullName);
        await anchor.AddAsync([Of(40)], CancellationToken.None);
        var more = Of(40) with { Signed = Of(40).Signed.With([new Checkpoint("ops.example.com/audit", 40, Leaves[3]).Sign(Keys.Of("witness.example", 9).AsLog()).Note.Signatures[0]]) };

        Assert.IsType<AnchorAnswer.Kept>(await anchor.AddAsync([more], CancellationToken.None));
    }

    [Fact]
    public async Task Add_FromTwoAtOnce_IsOneFileAndNoRest()
    {
        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new FolderAnchor(_folder.FullName).AddAsync([Of(3), Of(40), Of(60)], CancellationToken.None))));

        Assert.All(both, static a => Assert.IsType<AnchorAnswer.Kept>(a));
        Assert.Equal(3, Directory.GetFiles(_folder.FullName).Length);
    }

    [Fact]
    public async Task Add_WhereNothingCanBeWritten_IsUnavailable()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "x");

        Assert.IsType<AnchorAnswer.Unavailable>(await new FolderAnchor(Path.Combine(file, "below")).AddAsync([Of(3)], CancellationToken.None));
    }

    private static StoredCheckpoint Of(int size)
    {
        var tree = new CompactRange();
        foreach (var leaf in Leaves.Take(size))
        {
            tree.Append(leaf);
        }

        return new StoredCheckpoint(Keys.Checkpoint(size, tree.Root()), DateTimeOffset.UnixEpoch);
    }
}
