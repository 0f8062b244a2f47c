using System.IO.Compression;
using System.Text;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Evidence;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Evidence;

/// <summary>Bundles of a real log: what our code writes, our code and Go's verify; changed copies, both refuse.</summary>
public abstract class EvidenceContract(DatabaseKind kind) : IAsyncLifetime
{
    private TamperedLog _log = null!;

    public async Task InitializeAsync() => _log = await TamperedLog.CreateAsync(kind);

    public async Task DisposeAsync() => await _log.DisposeAsync();

    [Fact]
    public async Task Export_Everything_HoldsEveryLeafAndIsVerifiedByBoth()
    {
        var (path, written) = await ExportAsync(new EvidenceRequest());

        Assert.Equal((TamperedLog.Size, TamperedLog.Size), (written.Manifest.Counts.Leaves, written.Manifest.TreeSize));
        using (var zip = await ZipFile.OpenReadAsync(path))
        {
            Assert.Equal(
                ["HOW-TO-VERIFY.md", "checkpoint", "disclosures.ndjson", "leaves.ndjson", "log.vkey", "manifest.json", "report.html", "witness.vkey"],
                zip.Entries.Select(static e => e.FullName).Where(static n => !n.StartsWith("proofs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            await using var leaves = await zip.GetEntry("leaves.ndjson")!.OpenAsync();
            using var text = new MemoryStream();
            await leaves.CopyToAsync(text);
            var stored = await _log.RowsAsync("SELECT leaf FROM audit.event ORDER BY leaf_index");
            Assert.Equal((byte[])[.. stored.SelectMany(static r => ((byte[])r[0]!).Append((byte)'\n'))], text.ToArray());
        }

        Good(path);
        await ForeignAsync(path, 0);
    }

    [Fact]
    public async Task Export_ARange_IsCompleteAndVerifiedByBoth()
    {
        var (path, written) = await ExportAsync(new EvidenceRequest { FromIndex = 123, ToIndex = 401 });

        Assert.Equal((123L, 401L, 278L), (written.Manifest.Range.From, written.Manifest.Range.To, written.Manifest.Counts.Leaves));
        var verdict = Good(path);
        Assert.Contains(verdict.Verified, static v => v.Contains("none missing, added or moved", StringComparison.Ordinal));
        await ForeignAsync(path, 0);
    }

    [Fact]
    public async Task Export_AFilter_DisclosesWhatItMeansAndNothingElse()
    {
        var filter = new EvidenceFilter(
            "actor:person3@acme.example -action:a-b_c.d2 outcome:success",
            new AuditQuery { Actors = ["person3@acme.example"], Outcomes = [AuditOutcome.Success], Except = new AuditExcept { Actions = ["a-b_c.d2"], Actors = ["person4@acme.example"] } });
        var (path, written) = await ExportAsync(new EvidenceRequest { Filter = filter });

        Assert.InRange(written.Manifest.Counts.Disclosed, 50, 120);
        Assert.Equal(TamperedLog.Size, written.Manifest.Counts.Leaves);
        var bytes = await File.ReadAllBytesAsync(path);
        var all = Unzip(path)["disclosures.ndjson"];
        Assert.Equal(written.Manifest.Counts.Disclosed, all.Count(static b => b == (byte)'\n'));
        Assert.Contains(Good(path).Verified, static v => v.StartsWith("that exactly the events", StringComparison.Ordinal));
        Assert.DoesNotContain("person4@acme.example", Encoding.UTF8.GetString(Unzip(path)["report.html"]), StringComparison.Ordinal);
        Assert.NotEmpty(bytes);
        await ForeignAsync(path, 0);
    }

    [Fact]
    public async Task Export_FreeText_SaysWhatItCannotProve()
    {
        var filter = new EvidenceFilter("amount 300", new AuditQuery { Text = "amount 300" });
        var (path, written) = await ExportAsync(new EvidenceRequest { Filter = filter });

        Assert.Equal(1, written.Manifest.Counts.Disclosed);
        Assert.Contains(Good(path).NotVerified, static n => n.Contains("free text", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Verify_WithTheKeyThatTheReaderBrought_BelievesNoOther()
    {
        var (path, _) = await ExportAsync(new EvidenceRequest());

        Assert.True(BundleVerifier.Verify(path, BundleTrust.None, null, default) is { IsGood: true, KeysCameWithIt: true });
        Assert.True(BundleVerifier.Verify(path, BundleTrust.Of([AuditBench.LogKey.AsLog().Key]), null, default) is { IsGood: true, KeysCameWithIt: false });
        var stranger = BundleVerifier.Verify(path, BundleTrust.Of([Keys.Of(AuditBench.Origin, 5).AsLog().Key]), null, default);
        Assert.Contains("the key that you trust", stranger.Problems[0].Sentence, StringComparison.Ordinal);
        Assert.False(BundleVerifier.Verify(path, BundleTrust.Of([AuditBench.LogKey.AsLog().Key, Keys.Of("w2.test", 3).AsWitness(_log.Time).Key]), null, default).IsGood);
        Assert.True(BundleVerifier.Verify(path, BundleTrust.Of([AuditBench.LogKey.AsLog().Key, .. _log.Trust.Witnesses.Select(static w => w.Key)]), null, default).IsGood);
    }

    [Fact]
    public async Task Verify_AnUnpackedBundle_IsTheSame()
    {
        var (path, _) = await ExportAsync(new EvidenceRequest { FromIndex = 10, ToIndex = 20 });
        var folder = Path.Combine(_log.Folder, "unpacked");
        await ZipFile.ExtractToDirectoryAsync(path, folder);
        Good(folder);

        await File.WriteAllTextAsync(Path.Combine(folder, "extra.txt"), "hello");
        Assert.False(BundleVerifier.Verify(folder, BundleTrust.None, null, default).IsGood);
    }

    [Fact]
    public async Task Verify_EachFileChangedOrGone_IsRefusedByOursAndByGoWhereItLooks()
    {
        var (path, _) = await ExportAsync(new EvidenceRequest { FromIndex = 100, ToIndex = 110 });
        var files = Unzip(path);
        foreach (var name in files.Keys)
        {
            var changed = new Dictionary<string, byte[]>(files, StringComparer.Ordinal);
            if (changed[name].Length > 0)
            {
                changed[name] = changed[name].ToArray();
                changed[name][changed[name].Length / 2] ^= 1;
                Bad(Zip(changed), name);
                if (name is "checkpoint" or "log.vkey" or "leaves.ndjson" || name.StartsWith("proofs/", StringComparison.Ordinal))
                {
                    await ForeignAsync(Path.Combine(_log.Folder, "changed.zip"), 1);
                }
            }

            changed.Remove(name);
            Bad(Zip(changed), $"without {name}");
        }
    }

    [Fact]
    public async Task Verify_ManifestWithFittingHashes_StillNeedsTheLogsSignature()
    {
        var (path, _) = await ExportAsync(new EvidenceRequest { FromIndex = 100, ToIndex = 110 });
        var files = Unzip(path);
        Assert.True(EvidenceManifest.TryParse(files["manifest.json"], out var manifest, out _));
        files["manifest.json"] = (manifest with { ExportedBy = "somebody else" }).ToBytes();

        Assert.Contains(BundleVerifier.Verify(Zip(files), BundleTrust.None, null, default).Problems, static p => p.File == "manifest.json" && p.Sentence.Contains("changed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_AListThatLeavesAnEventOut_IsNamedEvenWhenTheHolderOfTheKeySignsIt()
    {
        var filter = new EvidenceFilter("actor:person3@acme.example", new AuditQuery { Actors = ["person3@acme.example"] });
        var (path, _) = await ExportAsync(new EvidenceRequest { Filter = filter });
        var files = Unzip(path);
        var lines = Encoding.UTF8.GetString(files["disclosures.ndjson"]).Split('\n');
        files["disclosures.ndjson"] = Encoding.UTF8.GetBytes(string.Join('\n', lines.Where(static (_, i) => i != 3)));
        Sign(files);

        var verdict = BundleVerifier.Verify(Zip(files), BundleTrust.None, null, default);
        Assert.Contains(verdict.Problems, static p => p.Index is not null && p.Sentence.EndsWith("the list leaves it out.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_AReportThatLies_IsNamedEvenWhenTheHolderOfTheKeySignsIt()
    {
        var (path, _) = await ExportAsync(new EvidenceRequest { FromIndex = 0, ToIndex = 20 });
        var files = Unzip(path);
        files["report.html"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(files["report.html"]).Replace("invoice.approve", "invoice.reject", StringComparison.Ordinal));
        Sign(files);

        Assert.Contains(BundleVerifier.Verify(Zip(files), BundleTrust.None, null, default).Problems, static p => p.File == "report.html");
    }

    [Fact]
    public async Task Export_OfADamagedLog_MakesNoBundle()
    {
        await _log.ExecuteAsync("DELETE FROM audit.event WHERE leaf_index = 7");
        Assert.Equal(7, Assert.IsType<EvidenceResult.Damaged>(await TryExportAsync(new EvidenceRequest())).Index);
        Assert.IsType<EvidenceResult.Written>(await TryExportAsync(new EvidenceRequest { FromIndex = 8 }));
        await Verification.TamperingContract.ChangeAsync(_log, "event", "leaf", "leaf_index = 9");
        Assert.IsType<EvidenceResult.Damaged>(await TryExportAsync(new EvidenceRequest { FromIndex = 8 }));
        Assert.Single(Directory.GetFiles(_log.Folder, "*.zip"));
        Assert.Empty(Directory.GetFiles(_log.Folder, ".*.part*"));
    }

    [Fact]
    public async Task Export_Cancelled_LeavesNothingBehind()
    {
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Exporter().WriteAsync(
            new EvidenceRequest(), new EvidenceTaker("ada", null, null), Path.Combine(_log.Folder, "never.zip"), _ => cancel.Cancel(), cancel.Token));

        Assert.Empty(Directory.GetFiles(_log.Folder, "*never*"));
    }

    [Fact]
    public async Task Steps_OfTheBundle_WorkAsTheyAreWritten()
    {
        foreach (var request in (EvidenceRequest[])[new EvidenceRequest(), new EvidenceRequest { FromIndex = 100, ToIndex = 333 }])
        {
            var (path, _) = await ExportAsync(request);
            var folder = Directory.CreateDirectory(Path.Combine(_log.Folder, Guid.NewGuid().ToString("N"))).FullName;
            await ZipFile.ExtractToDirectoryAsync(path, folder);
            var steps = await File.ReadAllTextAsync(Path.Combine(folder, "HOW-TO-VERIFY.md"));
            await File.WriteAllTextAsync(Path.Combine(folder, "check.py"), Block(steps, "python"));

            var (exit, output) = await Shell.RunAsync(folder, $"python3 check.py '{AuditBench.LogKey.AsLog().Key}'");
            Assert.True(exit == 0, output);
            (exit, output) = await Shell.RunAsync(folder, Block(steps, "sh"));
            Assert.True(exit == 0 && !output.Contains("NOT SIGNED", StringComparison.Ordinal), output);
            Assert.Equal(3, output.Split("Signature Verified Successfully").Length - 1);
            if (request.IsWhole)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "check.go"), Block(steps, "go"));
                (exit, output) = await Shell.RunAsync(folder, $"GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= GOCACHE={folder}/cache go run check.go '{AuditBench.LogKey.AsLog().Key}'");
                Assert.True(exit == 0 && output.Contains("620 leaves have the root", StringComparison.Ordinal), output);
            }

            var leaves = Path.Combine(folder, "leaves.ndjson");
            var bytes = await File.ReadAllBytesAsync(leaves);
            bytes[^3] ^= 1;
            await File.WriteAllBytesAsync(leaves, bytes);
            Assert.NotEqual(0, (await Shell.RunAsync(folder, "python3 check.py")).Exit);
        }
    }

    private static string Block(string markdown, string language)
    {
        var from = markdown.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return markdown[from..markdown.IndexOf("\n```", from, StringComparison.Ordinal)];
    }

    private static Dictionary<string, byte[]> Unzip(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return zip.Entries.ToDictionary(static e => e.FullName, static e =>
        {
            using var stream = e.Open();
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return memory.ToArray();
        }, StringComparer.Ordinal);
    }

    // As the holder of the log's key could.
    private static void Sign(Dictionary<string, byte[]> files)
    {
        Assert.True(EvidenceManifest.TryParse(files["manifest.json"], out var manifest, out _));
        files["manifest.json"] = (manifest with
        {
            Files = [.. manifest.Files.Select(f => new EvidenceFile(f.Name, files[f.Name].Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(files[f.Name]))))],
        }).Sign([AuditBench.LogKey.AsLog()]).ToBytes();
    }

    private static BundleVerdict Good(string path)
    {
        var verdict = BundleVerifier.Verify(path, BundleTrust.Of([AuditBench.LogKey.AsLog().Key]), null, default);
        Assert.True(verdict.IsGood, string.Join('\n', verdict.Problems));
        return verdict;
    }

    private static void Bad(string path, string what) => Assert.False(BundleVerifier.Verify(path, BundleTrust.None, null, default).IsGood, what);

    private static async Task ForeignAsync(string path, int expected)
    {
        var (exit, output) = await GoVerifier.RunAsync("bundle", path, AuditBench.LogKey.AsLog().Key.ToString());
        Assert.True(exit == expected, output);
    }

    private string Zip(Dictionary<string, byte[]> files)
    {
        var path = Path.Combine(_log.Folder, "changed.zip");
        File.Delete(path);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, bytes) in files)
        {
            using var stream = zip.CreateEntry(name).Open();
            stream.Write(bytes);
        }

        return path;
    }

    private EvidenceExporter Exporter() => new(
        new LedgerSource(_log.Database),
        new Core.Storage.Audit.SealedLog(_log.Database, _log.Time),
        () => new EvidenceKeys(_log.Trust.LogKeys, [.. _log.Trust.Witnesses.Select(static w => w.Key)], [AuditBench.LogKey.AsLog()]),
        _log.Time);

    private Task<EvidenceResult> TryExportAsync(EvidenceRequest request) =>
        Exporter().WriteAsync(request, new EvidenceTaker("ada@acme.example", "Ada <Auditor>", "event-1"), Path.Combine(_log.Folder, "bundle.zip"), null, default);

    private async Task<(string Path, EvidenceResult.Written Written)> ExportAsync(EvidenceRequest request) =>
        (Path.Combine(_log.Folder, "bundle.zip"), Assert.IsType<EvidenceResult.Written>(await TryExportAsync(request)));
}
