using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using OpsConsole.Core.AuditTrail.Events;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Native;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>
/// Writes a bundle for an auditor (docs/audit-trail.md, "Evidence"). Leaves stream from one state of the database into the zip; the root is computed
/// on the way, and a bundle that does not have the signed root is thrown away. The file appears when it is whole.
/// </summary>
/// <param name="source">The tables.</param>
/// <param name="log">Checkpoints and tiles.</param>
/// <param name="keys">Whose signatures.</param>
/// <param name="time">The clock.</param>
public sealed partial class EvidenceExporter(ILedgerSource source, ISealedLog log, Func<EvidenceKeys> keys, TimeProvider time)
{
    private const int ReportEvery = 4_096;
    private const int LeafColumn = 2;
    private const int ItemsColumn = 1;

    /// <summary>Program and version, as the manifest names it.</summary>
    public static string Tool { get; } =
        $"OpsConsole {typeof(EvidenceExporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    /// <summary>Writes a bundle. Whoever calls has recorded it, and records how it ended.</summary>
    /// <param name="request">What.</param>
    /// <param name="taker">Who.</param>
    /// <param name="path">The file; one of that name is replaced.</param>
    /// <param name="progress">Called now and then, on any thread.</param>
    /// <param name="cancellationToken">Cancels; nothing stays behind.</param>
    /// <exception cref="AuditUnavailableException">The store cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<EvidenceResult> WriteAsync(
        EvidenceRequest request, EvidenceTaker taker, string path, Action<EvidenceProgress>? progress, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var part = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.part");
        TakeAwayRemains(path);
        try
        {
            EvidenceResult result;
            await using (var file = new FileStream(part, Private(FileMode.CreateNew, FileOptions.None)))
            {
                result = await WriteAsync(request, taker, file, part, progress ?? (static _ => { }), cancellationToken);
                if (result is EvidenceResult.Written written)
                {
                    file.Flush(flushToDisk: true);
                    file.Position = 0;
                    result = written with { Bytes = file.Length, Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) };
                }
            }

            if (result is EvidenceResult.Written)
            {
                CrashPoints.At(CrashStep.ExportWritten);
                File.Move(part, path, overwrite: true);
                CrashPoints.At(CrashStep.ExportRenamed);
                DurableFile.SyncFolderOf(path);
            }

            return result;
        }
        catch (MissingTileException e)
        {
            return new EvidenceResult.Damaged($"The tree of the log cannot be read: {e.Message}", null);
        }
        finally
        {
            File.Delete(part);
        }
    }

    // Of exports of this file whose process was killed: personal fields are in them. What another process is writing is locked.
    private static void TakeAwayRemains(string path)
    {
        foreach (var remains in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.*.part*"))
        {
            try
            {
                using (new FileStream(remains, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    File.Delete(remains);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, or not ours.
            }
        }
    }

    private static FileStreamOptions Private(FileMode mode, FileOptions options)
    {
        // Personal fields are in it: for the owner alone.
        var created = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 64 * 1024, Options = options };
        if (!OperatingSystem.IsWindows())
        {
            created.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return created;
    }

    private static string N(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static byte[] Lines(IEnumerable<VerifierKey> keys) => Encoding.UTF8.GetBytes(string.Concat(keys.Select(static k => $"{k}\n")));

    private async Task<EvidenceResult> WriteAsync(
        EvidenceRequest request, EvidenceTaker taker, FileStream file, string part, Action<EvidenceProgress> progress, CancellationToken cancellationToken)
    {
        var known = keys();
        progress(new EvidenceProgress("Looking up the checkpoint", 0, 0));
        var latest = await log.LatestAsync(cancellationToken);
        if (latest is null)
        {
            return new EvidenceResult.Nothing("No checkpoint was signed yet, so there is nothing that could be proved.");
        }

        await using var snapshot = await source.OpenAsync(cancellationToken);
        var (from, to) = await RangeAsync(request, latest.Size, snapshot, cancellationToken);
        if (from >= to)
        {
            return new EvidenceResult.Nothing(request.IsWhole ? "The log is empty." : "No event was sealed in this range.");
        }

        var cosigned = await log.LatestCosignedAsync(cancellationToken);
        var checkpoint = !request.IsWhole && cosigned is not null && cosigned.Size >= to ? cosigned : latest;
        if (known.Log.Count > 0 && checkpoint.Signed.Verify(known.Log) is NoteVerification.Refused refused)
        {
            return new EvidenceResult.Damaged($"The checkpoint of {N(checkpoint.Size)} leaves is not signed as it should be: {refused.Reason}", checkpoint.Size - 1);
        }

        var notes = new List<string>();
        await using var events = await LedgerCursor.StartAsync(snapshot, LedgerTable.Event, from, to, cancellationToken);
        if (events.Key > from)
        {
            var pruned = (await Explanations.ReadAsync(snapshot, cancellationToken)).PrunedBelow;
            var first = Math.Min(events.Key, to);
            if (first > pruned)
            {
                return new EvidenceResult.Damaged($"The bytes of leaf {N(Math.Max(from, pruned))} are gone, and no pruning explains it. Verify the audit trail.", Math.Max(from, pruned));
            }

            if (first == to)
            {
                return new EvidenceResult.Nothing($"All leaves of this range were pruned by a decision that the log holds; the first that is kept has index {N(pruned)}.");
            }

            from = first;
            notes.Add($"The leaves below index {N(from)} were pruned by a decision that the log holds. Their hashes are still in the tree, their bytes are gone.");
        }

        var (wanted, except) = await ActorRefsAsync(request.Filter, snapshot, cancellationToken);
        var match = new EvidenceMatch(request.Filter?.Query, wanted, except);
        var run = new Run(request, taker, known, checkpoint, from, to, new TiledTree(new CachedTiles(log), checkpoint.Size), new EvidencePopulation(match))
        {
            Filter = request.Filter is { } filter ? ManifestFilter.Of(filter, wanted, except) : null,
            Notes = notes,
            Older = await OlderAsync(request, checkpoint, cosigned, cancellationToken),
        };
        return await FilesAsync(run, snapshot, events, file, part, progress, cancellationToken);
    }

    private async Task<EvidenceResult> FilesAsync(
        Run run, ILedgerSnapshot snapshot, LedgerCursor events, FileStream file, string part, Action<EvidenceProgress> progress, CancellationToken cancellationToken)
    {
        var isWhole = run.From == 0 && run.To == run.Checkpoint.Size;
        var range = await run.Tree.RangeAsync(run.From, run.To, cancellationToken);
        var disclosed = new List<long>();
        (string Reason, long? Index)? damage;
        EvidenceManifest manifest;
        await using (var zip = await BundleWriter.StartAsync(file, cancellationToken))
        {
            await zip.AddAsync("checkpoint", run.Checkpoint.Signed.ToBytes(), cancellationToken);
            await zip.AddAsync("log.vkey", Lines(run.Keys.Log), cancellationToken);
            await zip.AddAsync("witness.vkey", Lines(run.Keys.Witnesses), cancellationToken);
            await using var beside = new FileStream($"{part}.disclosures", Private(FileMode.CreateNew, FileOptions.DeleteOnClose));
            damage = null;
            await zip.AddAsync("leaves.ndjson", async stream => damage = await LeavesAsync(run, range, snapshot, events, stream, beside, disclosed, progress, cancellationToken), cancellationToken);
            if (damage is { } found)
            {
                return new EvidenceResult.Damaged(found.Reason, found.Index);
            }

            progress(new EvidenceProgress("Writing proofs and report", run.To - run.From, run.To - run.From));
            beside.Position = 0;
            await zip.AddAsync("disclosures.ndjson", stream => beside.CopyToAsync(stream, cancellationToken), cancellationToken);
            await ProofsAsync(run, zip, isWhole ? null : range, disclosed, cancellationToken);
            manifest = Manifest(run, disclosed.Count);
            await zip.AddAsync("report.html", Encoding.UTF8.GetBytes(EvidenceReport.Html(manifest, run.Population.Rows)), cancellationToken);
            await zip.AddAsync("HOW-TO-VERIFY.md", Encoding.UTF8.GetBytes(EvidenceSteps.Markdown(manifest)), cancellationToken);
            manifest = (manifest with { Files = [.. zip.Files] }).Sign(run.Keys.Signers);
            await zip.AddAsync("manifest.json", manifest.ToBytes(), cancellationToken);
        }

        return new EvidenceResult.Written(manifest, 0, "");
    }

    private static async Task<(string Reason, long? Index)?> LeavesAsync(
        Run run,
        RangeProof range,
        ILedgerSnapshot snapshot,
        LedgerCursor events,
        Stream leaves,
        FileStream beside,
        List<long> disclosed,
        Action<EvidenceProgress> progress,
        CancellationToken cancellationToken)
    {
        var tree = range.Open() ?? throw new InvalidOperationException("A range proof of our own does not fit its numbers.");
        await using var items = await LedgerCursor.StartAsync(snapshot, LedgerTable.Disclosure, run.From, run.To, cancellationToken);
        using var buffer = new MemoryStream(256 * 1024);
        for (var index = run.From; index < run.To; index++)
        {
            if ((index - run.From) % ReportEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress(new EvidenceProgress("Writing leaves", index - run.From, run.To - run.From));
            }

            if (events.Key != index)
            {
                return (events.Key < index ? $"There are two events at index {N(events.Key)}. Verify the audit trail." : $"The bytes of leaf {N(index)} are gone. Verify the audit trail.", Math.Min(index, events.Key));
            }

            while (items.Key < index)
            {
                await items.MoveAsync();
            }

            if (Take(run, tree, index, events.Bytes(LeafColumn), items.Key == index ? items.Bytes(ItemsColumn) : [], buffer, beside, disclosed) is { } problem)
            {
                return ($"Leaf {N(index)} or what is stored for it is not what was sealed: {problem} Verify the audit trail.", index);
            }

            if (buffer.Length > 128 * 1024)
            {
                await leaves.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
                buffer.SetLength(0);
            }

            await events.MoveAsync();
        }

        await leaves.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
        return tree.Root() == run.Checkpoint.Signed.Checkpoint.Root
            ? null
            : ("The stored leaves do not have the root that was signed. Verify the audit trail: it names what was changed.", null);
    }

    private static string? Take(
        Run run, RangeVerifier tree, long index, ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> items, MemoryStream leaves, FileStream beside, List<long> disclosed)
    {
        tree.Append(TreeHasher.Leaf(leaf));
        leaves.Write(leaf);
        leaves.WriteByte((byte)'\n');
        if (leaf.Contains((byte)'\n'))
        {
            return "It holds a newline, which canonical JSON does not.";
        }

        if (run.Population.Take(index, leaf, items, out var problem))
        {
            beside.Write(EvidencePopulation.Line(index, items));
            if (disclosed.Count < run.Request.ProofFiles)
            {
                disclosed.Add(index);
            }
        }

        return problem;
    }

    private static async Task ProofsAsync(Run run, BundleWriter zip, RangeProof? range, List<long> disclosed, CancellationToken cancellationToken)
    {
        var signed = run.Checkpoint.Signed;
        if (range is not null)
        {
            await zip.AddAsync($"proofs/{N(range.Start)}-{N(range.End)}.range-proof", new RangeFile(range.Start, range.End, range.Hashes, signed).ToBytes(), cancellationToken);
        }

        foreach (var older in run.Older)
        {
            var proof = await run.Tree.ConsistencyAsync(older.Size, cancellationToken);
            await zip.AddAsync($"proofs/since-{N(older.Size)}.checkpoint", older.Signed.ToBytes(), cancellationToken);
            await zip.AddAsync($"proofs/since-{N(older.Size)}.consistency", new ConsistencyFile(older.Size, proof.Path, signed).ToBytes(), cancellationToken);
        }

        foreach (var index in disclosed)
        {
            var proof = await run.Tree.InclusionAsync(index, cancellationToken);
            await zip.AddAsync($"proofs/{N(index)}.tlog-proof", new TlogProof(index, proof.Path, signed).ToBytes(), cancellationToken);
        }
    }

    private EvidenceManifest Manifest(Run run, long proofs)
    {
        var population = run.Population;
        var notes = run.Notes;
        if (population.Disclosed > proofs)
        {
            notes.Add($"Proof files of single events are there for the first {N(proofs)} of {N(population.Disclosed)} disclosed events; the root over all leaves proves the others as well.");
        }

        if (population.Disclosed > EvidencePopulation.ReportRows)
        {
            notes.Add($"The report shows the first {N(EvidencePopulation.ReportRows)} of {N(population.Disclosed)} disclosed events; disclosures.ndjson has all of them.");
        }

        if (run.Filter?.Words is not null)
        {
            notes.Add("The filter has free text. Free text looks into fields that other events do not disclose: that nothing with these words was left out is the exporter's word, not proved.");
        }

        if (run.Keys.Signers.Count == 0)
        {
            notes.Add("The log's private key was not at hand: this manifest is not signed.");
        }

        return new EvidenceManifest
        {
            Format = EvidenceManifest.FormatName,
            Log = run.Checkpoint.Signed.Checkpoint.Origin,
            TreeSize = run.Checkpoint.Size,
            RootHash = run.Checkpoint.Signed.Checkpoint.Root.ToString(),
            Range = new EvidenceRange(run.From, run.To, Time(run.Request.From), Time(run.Request.To)),
            Filter = run.Filter,
            Counts = population.Counts(proofs),
            ExportedBy = run.Taker.Id,
            ExportedByName = run.Taker.Name,
            ExportedAt = AuditTime.Print(AuditTime.Truncate(time.GetUtcNow())),
            Event = run.Taker.Event,
            Tool = Tool,
            Notes = notes,
        };

        static string? Time(DateTimeOffset? at) => at is { } t ? AuditTime.Print(AuditTime.Truncate(t)) : null;
    }

    private sealed record Run(
        EvidenceRequest Request, EvidenceTaker Taker, EvidenceKeys Keys, StoredCheckpoint Checkpoint, long From, long To, TiledTree Tree, EvidencePopulation Population)
    {
        public required ManifestFilter? Filter { get; init; }

        public required List<string> Notes { get; init; }

        public required IReadOnlyList<StoredCheckpoint> Older { get; init; }
    }
}
