using System.IO.Compression;
using System.Text;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Evidence;

/// <summary>Bundles that somebody made to deceive or to harm, and every byte of a good one.</summary>
public sealed class HostileBundleTests : IAsyncLifetime
{
    private TamperedLog _log = null!;
    private string _path = "";
    private byte[] _good = [];

    public async Task InitializeAsync()
    {
        _log = await TamperedLog.CreateAsync(DatabaseKind.Sqlite);
        _path = Path.Combine(_log.Folder, "good.zip");
        var exporter = new EvidenceExporter(
            new LedgerSource(_log.Database), new Core.Storage.Audit.SealedLog(_log.Database, _log.Time), () => new EvidenceKeys(_log.Trust.LogKeys, [.. _log.Trust.Witnesses.Select(static w => w.Key)], [AuditBench.LogKey.AsLog()]), _log.Time);
        Assert.IsType<EvidenceResult.Written>(await exporter.WriteAsync(new EvidenceRequest { FromIndex = 5, ToIndex = 8 }, new EvidenceTaker("ada", "Ada", "e"), _path, null, default));
        _good = await File.ReadAllBytesAsync(_path);
    }

    public async Task DisposeAsync() => await _log.DisposeAsync();

    [Fact]
    public void Byte_ChangedAnywhereInTheZip_IsFoundOrChangesNoFile()
    {
        var original = Contents(_good)!;
        Assert.True(Verify(_good).IsGood);
        var harmless = 0;
        for (var at = 0; at < _good.Length; at++)
        {
            var changed = _good.ToArray();
            changed[at] ^= (byte)(1 << (at % 8));
            if (!Verify(changed).IsGood)
            {
                continue;
            }

            // Left: the zip's clock, its attributes and the like, which name no file and hold nothing of one.
            harmless++;
            var same = Contents(changed);
            Assert.True(same is not null && same.Count == original.Count && same.All(f => original[f.Key].AsSpan().SequenceEqual(f.Value)), $"byte {at}");
        }

        Assert.InRange(harmless, 0, _good.Length / 10);
    }

    [Fact]
    public void Zip_CutOrGrownAnywhere_IsRefused()
    {
        for (var length = 0; length < _good.Length; length += 97)
        {
            Assert.False(Verify(_good[..length]).IsGood);
        }

        Assert.False(Verify([.. _good, 0]).IsGood);
        Assert.False(Verify([0, .. _good]).IsGood);
        Assert.False(Verify([.. _good, .. _good]).IsGood);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("proofs/../../evil.checkpoint")]
    [InlineData("proofs\\evil.tlog-proof")]
    [InlineData("proofs/a\u0000b.tlog-proof")]
    [InlineData("proofs/.hidden.tlog-proof")]
    [InlineData("LOG.VKEY")]
    [InlineData("leaves.ndjson ")]
    [InlineData("readme.txt")]
    public void Name_ThatIsNoneOfABundles_IsRefused(string name) => Refused(Zip([.. Files(), (name, "x"u8.ToArray())]), "none of a bundle");

    [Fact]
    public void Name_ThatIsThereTwice_IsRefused()
    {
        Refused(Zip([.. Files(), ("checkpoint", "x"u8.ToArray())]), "twice");
        Refused(Zip([.. Files(), ("proofs/5.TLOG-PROOF", "x"u8.ToArray())]), "none of a bundle");
    }

    [Fact]
    public void Bomb_IsRefusedBeforeItIsUnpacked()
    {
        Refused(Zip([.. Files().Where(static f => f.Name != "leaves.ndjson"), ("leaves.ndjson", new byte[50_000_000])]), "bomb");
        Refused(Zip([.. Files().Where(static f => f.Name != "checkpoint"), ("checkpoint", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 500_000).Select(static i => $"{i} "))))]), "at most");
    }

    [Fact]
    public void Files_TooMany_AreRefused() =>
        Refused(Zip([.. Files(), .. Enumerable.Range(0, 20_001).Select(static i => ($"proofs/x{i}.tlog-proof", Array.Empty<byte>()))]), "files");

    [Fact]
    public void Directory_ThatSaysMoreThanThereIs_IsRefused()
    {
        var changed = _good.ToArray();
        BitConverter.TryWriteBytes(changed.AsSpan(changed.Length - 14), ushort.MaxValue);
        BitConverter.TryWriteBytes(changed.AsSpan(changed.Length - 12), ushort.MaxValue);

        Assert.False(Verify(changed).IsGood);
    }

    [Fact]
    public void Zip_PackedAgainByAnotherProgram_IsTheSameBundle() => Assert.True(Verify(Zip(Files())).IsGood);

    private static Dictionary<string, byte[]>? Contents(byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes));
            return zip.Entries.ToDictionary(static e => e.FullName, static e =>
            {
                using var stream = e.Open();
                using var memory = new MemoryStream();
                stream.CopyTo(memory);
                return memory.ToArray();
            }, StringComparer.Ordinal);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static byte[] Zip((string Name, byte[] Bytes)[] files)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }

        return memory.ToArray();
    }

    private (string Name, byte[] Bytes)[] Files() => [.. Contents(_good)!.Select(static f => (f.Key, f.Value))];

    private BundleVerdict Verify(byte[] bytes)
    {
        var path = Path.Combine(_log.Folder, "tried.zip");
        File.WriteAllBytes(path, bytes);
        return BundleVerifier.Verify(path, BundleTrust.None, null, default);
    }

    private void Refused(byte[] bytes, string why)
    {
        var verdict = Verify(bytes);
        Assert.Contains(verdict.Problems, p => p.Sentence.Contains(why, StringComparison.Ordinal));
    }
}
