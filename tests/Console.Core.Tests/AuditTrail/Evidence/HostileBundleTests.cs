using System.IO.Compression;
using System.Net.Sockets;
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

    public static TheoryData<string, string> Tricks => new()
    {
        { "two names for one content", "does not stand where the file before it ends" },
        { "a file that swallows the next one", "does not stand where the file before it ends" },
        { "a header that names another file than the directory", "contradict each other" },
        { "a header with another length than the directory", "contradict each other" },
        { "a length that is one too large", "its length or checksum is not that of the zip" },
        { "a length that is one too small", "unpacks to more bytes than the zip says" },
        { "a length of four gigabytes", "bomb" },
        { "a wrong checksum", "its length or checksum is not that of the zip" },
        { "an encrypted file", "is encrypted" },
        { "a packing that nobody knows", "packed in a way that is not read here" },
        { "a comment on a file", "has a comment" },
        { "a link", "a link or the like" },
        { "a device", "a link or the like" },
        { "a directory that counts one file less", "something stands in it that is no file" },
        { "bytes between two files", "does not stand where the file before it ends" },
    };

    [Theory]
    [MemberData(nameof(Tricks))]
    public void Zip_ThatProgramsReadInTwoWays_IsRefusedWithASentence(string trick, string why)
    {
        var zip = Zip(Files());
        Assert.True(Verify(zip).IsGood);
        Refused(Played(zip, trick), why);
    }

    // Offsets as in PKWARE APPNOTE 4.3.7 (local header) and 4.3.12 (directory header). The second file is the one that is played with.
    private static byte[] Played(byte[] zip, string trick)
    {
        var directory = Directory(zip);
        var (first, second, third) = (directory[0], directory[1], directory[2]);
        switch (trick)
        {
            case "two names for one content":
                Put32(zip, second.Entry + 42, (uint)first.Local);
                break;
            case "a file that swallows the next one":
                var swallowed = (uint)(third.Local - first.Local - 30 - first.Name.Length);
                Put32(zip, first.Entry + 20, swallowed);
                Put32(zip, first.Local + 18, swallowed);
                break;
            case "a header that names another file than the directory":
                zip[second.Local + 30] ^= 0x20;
                break;
            case "a header with another length than the directory":
                Put32(zip, second.Local + 22, Get32(zip, second.Local + 22) + 1);
                break;
            case "a length that is one too large":
                Put32(zip, second.Entry + 24, Get32(zip, second.Entry + 24) + 1);
                Put32(zip, second.Local + 22, Get32(zip, second.Local + 22) + 1);
                break;
            case "a length that is one too small":
                Put32(zip, second.Entry + 24, Get32(zip, second.Entry + 24) - 1);
                Put32(zip, second.Local + 22, Get32(zip, second.Local + 22) - 1);
                break;
            case "a length of four gigabytes":
                Put32(zip, second.Entry + 24, uint.MaxValue - 1);
                Put32(zip, second.Local + 22, uint.MaxValue - 1);
                break;
            case "a wrong checksum":
                Put32(zip, second.Entry + 16, Get32(zip, second.Entry + 16) ^ 1);
                Put32(zip, second.Local + 14, Get32(zip, second.Local + 14) ^ 1);
                break;
            case "an encrypted file":
                zip[second.Entry + 8] |= 1;
                zip[second.Local + 6] |= 1;
                break;
            case "a packing that nobody knows":
                zip[second.Entry + 10] = 12;
                zip[second.Local + 8] = 12;
                break;
            case "a link":
                Put32(zip, second.Entry + 38, 0xA1FF_0000);
                break;
            case "a device":
                Put32(zip, second.Entry + 38, 0x2180_0000);
                break;
            case "a comment on a file":
                zip[second.Entry + 32] = 1;
                return Longer(zip, second.Entry + 46 + second.Name.Length, 0, 1);
            case "a directory that counts one file less":
                zip[^12]--;
                zip[^14]--;
                break;
            case "bytes between two files":
                return Longer(zip, second.Local, directory.Count - 1, 0);
            default:
                throw new ArgumentOutOfRangeException(nameof(trick), trick, null);
        }

        return zip;
    }

    // A byte more at a place, and offsets and sizes that fit again.
    private static byte[] Longer(byte[] zip, int at, int filesBehind, uint directoryBytes)
    {
        byte[] longer = [.. zip[..at], 0, .. zip[at..]];
        var end = longer.Length - 22;
        Put32(longer, end + 12, Get32(longer, end + 12) + directoryBytes);
        if (filesBehind > 0)
        {
            Put32(longer, end + 16, Get32(longer, end + 16) + 1);
            foreach (var entry in Directory(longer)[^filesBehind..])
            {
                Put32(longer, entry.Entry + 42, (uint)entry.Local + 1);
            }
        }

        return longer;
    }

    private static List<(string Name, int Entry, int Local)> Directory(byte[] zip)
    {
        var found = new List<(string, int, int)>();
        for (var at = (int)Get32(zip, zip.Length - 22 + 16); at < zip.Length - 22;)
        {
            var name = zip[at + 28] + (zip[at + 29] << 8);
            found.Add((Encoding.ASCII.GetString(zip, at + 46, name), at, (int)Get32(zip, at + 42)));
            at += 46 + name + zip[at + 30] + (zip[at + 31] << 8) + zip[at + 32] + (zip[at + 33] << 8);
        }

        return found;
    }

    private static uint Get32(byte[] bytes, int at) => BitConverter.ToUInt32(bytes, at);

    private static void Put32(byte[] bytes, int at, uint value) => BitConverter.TryWriteBytes(bytes.AsSpan(at), value);

    [Fact]
    public void Zip_PackedAgainByAnotherProgram_IsTheSameBundle() => Assert.True(Verify(Zip(Files())).IsGood);

    [Theory]
    [InlineData("leaves.ndjson", "a pipe", "leaves.ndjson is a named pipe")]
    [InlineData("manifest.json", "a socket", "manifest.json is a socket")]
    [InlineData("checkpoint", "a link to a file outside", "checkpoint is a link")]
    [InlineData("proofs", "a link to a folder outside", "proofs is a link")]
    [InlineData("report.html", "a link to itself", "report.html is a link")]
    [InlineData("log.vkey", "a folder", "log.vkey is a folder")]
    [InlineData("more", "a folder", "more is a folder")]
    [InlineData("proofs/deeper", "a folder", "proofs/deeper is a folder")]
    public async Task Folder_WithSomethingInPlaceOfAFile_IsRefusedAtOnce(string name, string what, string why)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("opsconsole-hostile-").FullName;
        try
        {
            Unpack(folder);
            Assert.True(BundleVerifier.Verify(folder, BundleTrust.None, null, default).IsGood);
            var place = Path.Combine(folder, name);
            if (System.IO.Directory.Exists(place))
            {
                System.IO.Directory.Move(place, Path.Combine(_log.Folder, $"moved-{Guid.NewGuid():N}"));
            }

            File.Delete(place);
            await PutAsync(place, what);

            // A pipe that nobody writes to would be waited for without end.
            var verdict = await Task.Run(() => BundleVerifier.Verify(folder, BundleTrust.None, null, default)).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Contains(why, Assert.Single(verdict.Problems).Sentence, StringComparison.Ordinal);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Bundle_ThatIsAPipeOrADevice_CannotBeRead()
    {
        var pipe = Path.Combine(_log.Folder, "pipe");
        await PutAsync(pipe, "a pipe");

        var refused = await Task.Run(() => Assert.Throws<IOException>(() => BundleVerifier.Verify(pipe, BundleTrust.None, null, default))).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Contains("is a named pipe", refused.Message, StringComparison.Ordinal);
        Assert.Contains("is a device", Assert.Throws<IOException>(() => BundleVerifier.Verify("/dev/zero", BundleTrust.None, null, default)).Message, StringComparison.Ordinal);
    }

    private async Task PutAsync(string place, string what)
    {
        var outside = Path.Combine(_log.Folder, "good.zip");
        switch (what)
        {
            case "a pipe":
                await Shell.RunAsync(_log.Folder, $"mkfifo '{place}'");
                break;
            case "a socket":
                using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
                {
                    // Closing it takes its name away; here the name is what is wanted.
                    socket.Bind(new UnixDomainSocketEndPoint($"{place}.bound"));
                    File.Move($"{place}.bound", place);
                }

                break;
            case "a link to a file outside":
                File.CreateSymbolicLink(place, outside);
                break;
            case "a link to a folder outside":
                System.IO.Directory.CreateSymbolicLink(place, _log.Folder);
                break;
            case "a link to itself":
                File.CreateSymbolicLink(place, place);
                break;
            default:
                System.IO.Directory.CreateDirectory(place);
                break;
        }
    }

    private void Unpack(string folder)
    {
        foreach (var (name, bytes) in Files())
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }

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
        Assert.True(verdict.Problems.Any(p => p.Sentence.Contains(why, StringComparison.Ordinal)), string.Join('\n', verdict.Problems.Select(static p => p.Sentence)));
    }
}
