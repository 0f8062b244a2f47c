using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>One check of one bundle.</summary>
internal sealed class BundleCheck(IBundleFiles files, BundleTrust trust, Action<EvidenceProgress> progress, CancellationToken cancellationToken)
{
    private const int ReportEvery = 4_096;
    private const int ProblemsKept = 100;
    private readonly List<BundleProblem> _problems = [];
    private readonly List<string> _verified = [];
    private readonly List<string> _notVerified = [];
    private readonly Dictionary<string, (long Bytes, string Sha256)> _sums = new(StringComparer.Ordinal);
    private readonly Dictionary<long, List<(string File, InclusionProof Proof)>> _inclusions = [];
    private EvidenceManifest? _manifest;
    private SignedCheckpoint? _checkpoint;
    private IReadOnlyList<VerifierKey> _keys = trust.Log;
    private bool _ownKeysSay;
    private List<VerifierKey> _witnesses = [];
    private RangeProof? _range;
    private EvidencePopulation? _population;

    /// <summary>Checks.</summary>
    public BundleVerdict Run()
    {
        Names();
        Manifest();
        Keys();
        Checkpoint();
        if (_checkpoint is not null && _problems.Count == 0)
        {
            Proofs();
            Leaves();
            Pages();
            Statements();
        }

        Sums();
        return new BundleVerdict
        {
            Problems = _problems,
            Manifest = _manifest,
            Log = _checkpoint?.Checkpoint.Origin,
            TreeSize = _checkpoint?.Checkpoint.Size,
            RootHash = _checkpoint?.Checkpoint.Root.ToString(),
            From = _range?.Start,
            To = _range?.End,
            Disclosed = _population?.Disclosed,
            KeysCameWithIt = trust.Log.Count == 0,
            Keys = [.. _keys.Select(static k => k.ToString())],
            Verified = _problems.Count == 0 ? _verified : [],
            NotVerified = _notVerified,
        };
    }

    private static string N(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Count(long count, string one, string many) => $"{N(count)} {(count == 1 ? one : many)}";

    private void Add(BundleProblem problem)
    {
        if (_problems.Count < ProblemsKept)
        {
            _problems.Add(problem);
        }
    }

    // ---- the files ------------------------------------------------------------------------------------------------------
    private void Names()
    {
        foreach (var name in files.Names.Where(static n => !BundleLimits.IsName(n)))
        {
            Add(new BundleProblem($"The file '{name}' is none of a bundle's.", name));
        }

        foreach (var name in (string[])["checkpoint", "log.vkey", "witness.vkey", "leaves.ndjson", "disclosures.ndjson", "manifest.json", "report.html", "HOW-TO-VERIFY.md"])
        {
            if (!files.Names.Contains(name, StringComparer.Ordinal))
            {
                Add(new BundleProblem($"The bundle has no {name}.", name));
            }
        }
    }

    private byte[]? Read(string name)
    {
        if (!files.Names.Contains(name, StringComparer.Ordinal) || files.LengthOf(name) > BundleLimits.Of(name))
        {
            return null;
        }

        using var reader = new HashingReader(files.Open(name));
        using var memory = new MemoryStream();
        reader.CopyTo(memory);
        _sums[name] = reader.Sum();
        return memory.ToArray();
    }

    private string? ReadText(string name)
    {
        if (Read(name) is not { } bytes)
        {
            return null;
        }

        if (NoteText.TryRead(bytes, out var text))
        {
            return text;
        }

        Add(new BundleProblem($"{name} is not UTF-8.", name));
        return null;
    }

    private void Manifest()
    {
        if (Read("manifest.json") is not { } bytes)
        {
            return;
        }

        if (!EvidenceManifest.TryParse(bytes, out _manifest, out var problem))
        {
            Add(new BundleProblem($"manifest.json: {problem}", "manifest.json"));
        }
    }

    // What was read by another check has its sum already; the rest is read now.
    private void Sums()
    {
        if (_manifest is null)
        {
            return;
        }

        var stated = new HashSet<string>(StringComparer.Ordinal) { "manifest.json" };
        foreach (var file in _manifest.Files)
        {
            if (!stated.Add(file.Name))
            {
                Add(new BundleProblem($"The manifest names {file.Name} twice.", "manifest.json"));
                continue;
            }

            if (!files.Names.Contains(file.Name, StringComparer.Ordinal))
            {
                Add(new BundleProblem($"{file.Name} is gone: the manifest names it.", file.Name, null, file.Sha256));
                continue;
            }

            if (!_sums.TryGetValue(file.Name, out var sum))
            {
                using var reader = new HashingReader(files.Open(file.Name));
                var buffer = new byte[128 * 1024];
                do
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
                while (reader.Read(buffer) > 0);
                sum = reader.Sum();
            }

            if (sum != (file.Bytes, file.Sha256))
            {
                Add(new BundleProblem($"{file.Name} is not the file that the manifest names.", file.Name, null, file.Sha256, sum.Sha256));
            }
        }

        foreach (var name in files.Names.Where(n => !stated.Contains(n)))
        {
            Add(new BundleProblem($"{name} was put in: the manifest does not name it.", name));
        }
    }

    // ---- whose word it is -------------------------------------------------------------------------------------------------
    private void Keys()
    {
        var own = new List<VerifierKey>();
        if (ReadText("log.vkey") is { } log && (BundleVerifier.ReadKeys(log, out own) is { } logProblem || own.Count == 0 && (logProblem = "It is empty.").Length > 0))
        {
            Add(new BundleProblem($"log.vkey: {logProblem}", "log.vkey"));
        }

        if (ReadText("witness.vkey") is { } witness && BundleVerifier.ReadKeys(witness, out _witnesses) is { } witnessProblem)
        {
            Add(new BundleProblem($"witness.vkey: {witnessProblem}", "witness.vkey"));
        }

        if (trust.Log.Count == 0)
        {
            _keys = own;
            _notVerified.Add($"Whose log this is. The key came with the bundle: {string.Join(" ", own)}. Compare it with one that you got another way, and give that with --trust.");
        }
        else
        {
            _ownKeysSay = own.Any(trust.Log.Contains);
        }
    }

    private void Checkpoint()
    {
        if (Read("checkpoint") is not { } bytes)
        {
            return;
        }

        if (!SignedCheckpoint.TryParse(bytes, out _checkpoint, out var problem))
        {
            Add(new BundleProblem($"checkpoint: {problem}", "checkpoint"));
            return;
        }

        if (_checkpoint.Verify(_keys) is NoteVerification.Refused refused)
        {
            Add(new BundleProblem(
                trust.Log.Count > 0 && !_ownKeysSay
                    ? $"The checkpoint is not signed with the key that you trust, which the bundle does not name either: it is of another log, or forged. {refused.Reason}"
                    : $"The checkpoint is not signed as it should be: {refused.Reason}",
                "checkpoint",
                null,
                string.Join(" ", _keys)));
            return;
        }

        _verified.Add($"the signature of the checkpoint of {Count(_checkpoint.Checkpoint.Size, "leaf", "leaves")}");
        Unknown(_checkpoint, "checkpoint");
        Cosignatures(_checkpoint);
    }

    // A signature that no key of the bundle or of the reader made proves nothing, and would be the place where a change goes unseen.
    private void Unknown(SignedCheckpoint signed, string file)
    {
        var known = _keys.Concat(_witnesses).Concat(trust.Witnesses).ToList();
        if (signed.Note.Signatures.FirstOrDefault(s => !known.Any(s.Claims)) is { } stranger)
        {
            _notVerified.Add($"The signature of {stranger.Name} on {file}, whose key is not here.");
        }
    }

    private void Cosignatures(SignedCheckpoint signed)
    {
        var trusted = trust.Witnesses;
        var claimed = _witnesses.Concat(trusted).Distinct().Where(k => signed.Note.Signatures.Any(s => s.Claims(k))).ToList();
        if (claimed.Count == 0)
        {
            _notVerified.Add("No witness signed this checkpoint: that there is no other version of the log is the word of whoever holds its key.");
        }
        else if (signed.Note.Verify(claimed) is NoteVerification.Verified good)
        {
            foreach (var by in good.By)
            {
                _verified.Add(string.Create(CultureInfo.InvariantCulture, $"the cosignature of {by.Key.Name}, made {by.Time?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"));
                if (!trusted.Contains(by.Key))
                {
                    _notVerified.Add($"Whose witness {by.Key.Name} is: its key came with the bundle.");
                }
            }
        }
        else
        {
            Add(new BundleProblem($"A cosignature of the checkpoint is wrong: {((NoteVerification.Refused)signed.Note.Verify(claimed)).Reason}", "checkpoint"));
        }

        foreach (var missing in trusted.Where(k => !claimed.Contains(k)))
        {
            Add(new BundleProblem($"The witness {missing.Name}, whom you trust, did not sign this checkpoint.", "checkpoint"));
        }
    }

    // ---- proofs -----------------------------------------------------------------------------------------------------------
    private void Proofs()
    {
        var checkpoint = _checkpoint!;
        _range = new RangeProof(0, checkpoint.Checkpoint.Size, checkpoint.Checkpoint.Size, []);
        var ranges = files.Names.Where(static n => n.EndsWith(".range-proof", StringComparison.Ordinal)).ToList();
        if (ranges.Count > 1)
        {
            Add(new BundleProblem($"The bundle has {ranges.Count} range proofs: which leaves are meant?", ranges[1]));
        }
        else if (ranges.Count == 1)
        {
            if (!RangeFile.TryParse(Read(ranges[0]), out var range, out var problem))
            {
                Add(new BundleProblem($"{ranges[0]}: {problem}", ranges[0]));
            }
            else if (Same(range.Checkpoint, ranges[0]))
            {
                _range = range.Proof;
            }
        }

        long proofs = 0, since = 0;
        foreach (var name in files.Names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (Path.GetExtension(name))
            {
                case ".tlog-proof":
                    proofs++;
                    Inclusion(name);
                    break;
                case ".consistency":
                    since++;
                    Consistency(name);
                    break;
                case ".checkpoint" when !files.Names.Contains(Path.ChangeExtension(name, ".consistency"), StringComparer.Ordinal):
                    Add(new BundleProblem($"{name} has no proof of consistency beside it.", name));
                    break;
                default:
                    break;
            }
        }

        if (proofs > 0)
        {
            _verified.Add(Count(proofs, "proof of a single event", "proofs of single events"));
        }

        if (since > 0)
        {
            _verified.Add($"that the log only grew since {Count(since, "older checkpoint", "older checkpoints")}");
        }
    }

    private bool Same(SignedCheckpoint other, string file)
    {
        var isSame = other.ToBytes().AsSpan().SequenceEqual(_checkpoint!.ToBytes());
        if (!isSame)
        {
            Add(new BundleProblem($"{file} leads to another checkpoint than the bundle's.", file, null, _checkpoint.Checkpoint.Root.ToHex(), other.Checkpoint.Root.ToHex()));
        }

        return isSame;
    }

    private void Inclusion(string name)
    {
        if (!TlogProof.TryParse(Read(name), out var proof, out var problem))
        {
            Add(new BundleProblem($"{name}: {problem}", name));
        }
        else if (proof.Extra is not null)
        {
            Add(new BundleProblem($"{name} has an 'extra' line, which nothing vouches for.", name));
        }
        else if (Same(proof.Checkpoint, name))
        {
            if (!_inclusions.TryGetValue(proof.Index, out var list))
            {
                _inclusions[proof.Index] = list = [];
            }

            list.Add((name, proof.Inclusion));
        }
    }

    private void Consistency(string name)
    {
        var olderName = Path.ChangeExtension(name, ".checkpoint");
        if (!ConsistencyFile.TryParse(Read(name), out var proof, out var problem))
        {
            Add(new BundleProblem($"{name}: {problem}", name));
            return;
        }

        if (Read(olderName) is not { } bytes || !SignedCheckpoint.TryParse(bytes, out var older, out problem))
        {
            Add(new BundleProblem($"{name} needs the older checkpoint {olderName}: {problem ?? "it is not there."}", olderName));
            return;
        }

        Unknown(older, olderName);
        var claimed = _witnesses.Concat(trust.Witnesses).Distinct().Where(k => older.Note.Signatures.Any(s => s.Claims(k))).ToList();
        if (older.Verify(_keys) is NoteVerification.Refused refused || (claimed.Count > 0 && (refused = (older.Note.Verify(claimed) as NoteVerification.Refused)!) is not null))
        {
            Add(new BundleProblem($"{olderName} is not signed as it should be: {refused.Reason}", olderName));
        }
        else if (Same(proof.Checkpoint, name) && (proof.OldSize != older.Checkpoint.Size || !proof.Proof.Verify(older.Checkpoint.Root, _checkpoint!.Checkpoint.Root)))
        {
            Add(new BundleProblem($"{name} does not prove that the log grew from {olderName}: one of them was changed, or the log has two histories.", name));
        }
    }

    // ---- leaves -------------------------------------------------------------------------------------------------------------
    private void Leaves()
    {
        AuditQuery? query = null;
        if (_manifest?.Filter is { } filter && !filter.TryQuery(out query))
        {
            Add(new BundleProblem("The filter of the manifest names an outcome that there is not.", "manifest.json"));
            return;
        }

        if (_range!.Open() is not { } tree)
        {
            Add(new BundleProblem("The numbers of the range proof do not fit the checkpoint.", files.Names.First(static n => n.EndsWith(".range-proof", StringComparison.Ordinal))));
            return;
        }

        var match = new EvidenceMatch(query, _manifest?.Filter?.Wants.ActorRefs ?? [], _manifest?.Filter?.Except.ActorRefs ?? []);
        _population = new EvidencePopulation(match);
        using var leafHash = new HashingReader(files.Open("leaves.ndjson"));
        using var leaves = new BundleLines(leafHash, "leaves.ndjson", BundleLimits.Leaf);
        using var openHash = new HashingReader(files.Open("disclosures.ndjson"));
        using var disclosures = new DisclosureLines(new BundleLines(openHash, "disclosures.ndjson", BundleLimits.Disclosures));
        for (var index = _range.Start; index < _range.End; index++)
        {
            if ((index - _range.Start) % ReportEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress(new EvidenceProgress("Reading leaves", index - _range.Start, _range.End - _range.Start));
            }

            if (!leaves.TryNext(out var leaf))
            {
                Add(new BundleProblem($"leaves.ndjson has {N(leaves.Count)} leaves; there should be {N(_range.End - _range.Start)}.", "leaves.ndjson", index));
                return;
            }

            Leaf(index, leaf, tree, disclosures, match);
        }

        if (leaves.TryNext(out _))
        {
            Add(new BundleProblem($"leaves.ndjson has more leaves than the {N(_range.End - _range.Start)} of the range.", "leaves.ndjson", _range.End));
            return;
        }

        if (disclosures.Next != long.MaxValue)
        {
            Add(new BundleProblem($"disclosures.ndjson discloses leaf {disclosures.Next}, which is not in the bundle or stands out of order.", "disclosures.ndjson", disclosures.Next));
            return;
        }

        _sums["leaves.ndjson"] = leafHash.Sum();
        _sums["disclosures.ndjson"] = openHash.Sum();
        Root(tree, match);
    }

    private void Leaf(long index, ReadOnlySpan<byte> leaf, RangeVerifier tree, DisclosureLines disclosures, EvidenceMatch match)
    {
        var hash = TreeHasher.Leaf(leaf);
        tree.Append(hash);
        if (_inclusions.Remove(index, out var proofs))
        {
            foreach (var (file, _) in proofs.Where(p => !p.Proof.Verify(hash, _checkpoint!.Checkpoint.Root)))
            {
                Add(new BundleProblem($"{file} does not prove that leaf {index} of the bundle is in the signed tree.", file, index, null, hash.ToHex()));
            }
        }

        var isOpened = disclosures.Next == index;
        var isMeant = _population!.Take(index, leaf, isOpened ? disclosures.Items : [], out var problem);
        if (problem is not null)
        {
            Add(new BundleProblem($"Leaf {index}: {problem}", isOpened ? "disclosures.ndjson" : "leaves.ndjson", index));
        }
        else if (isMeant && !isOpened && !match.NeedsWords)
        {
            Add(new BundleProblem($"Leaf {index} is what the filter means, and is not disclosed: the list leaves it out.", "disclosures.ndjson", index));
        }
        else if (!isMeant && isOpened)
        {
            Add(new BundleProblem($"Leaf {index} is disclosed, and is not what the filter means.", "disclosures.ndjson", index));
        }

        if (isOpened)
        {
            disclosures.Move();
        }
    }

    private void Root(RangeVerifier tree, EvidenceMatch match)
    {
        var (range, signed) = (_range!, _checkpoint!.Checkpoint);
        if (tree.Root() is not { } root || root != signed.Root)
        {
            Add(new BundleProblem("The leaves do not have the root that the checkpoint states: at least one was changed.", "leaves.ndjson", null, signed.Root.ToHex(), tree.Root()?.ToHex()));
            return;
        }

        foreach (var (index, list) in _inclusions)
        {
            Add(new BundleProblem($"{list[0].File} is of leaf {index}, which the bundle does not hold.", list[0].File, index));
        }

        _verified.Insert(0, range.Start == 0 && range.End == range.TreeSize
            ? $"all {Count(range.TreeSize, "leaf", "leaves")}: they have the signed root"
            : $"the leaves {N(range.Start)} to {N(range.End - 1)}: none missing, added or moved below the signed root");
        _verified.Add($"{Count(_population!.Fields, "disclosed field", "disclosed fields")} of {Count(_population.Disclosed, "event", "events")}");
        if (_manifest?.Filter is not null)
        {
            _verified.Add(match.NeedsWords ? "that each disclosed event is what the filter means" : "that exactly the events which the filter means are disclosed");
        }

        if (match.NeedsWords)
        {
            _notVerified.Add("That no other event has the words of the filter: free text looks into fields that are not disclosed.");
        }

        if (_manifest?.Filter is { } named && named.Wants.Actors.Count + named.Except.Actors.Count > 0)
        {
            _notVerified.Add("That the actors of the filter have no other pseudonyms than those of the manifest: that is the exporter's word.");
        }

        if (_population.Erased > 0)
        {
            _notVerified.Add($"What {Count(_population.Erased, "field", "fields")} of the disclosed events said: erased, or not disclosed.");
        }

        if (_population.Missing > 0)
        {
            _notVerified.Add($"{Count(_population.Missing, "event was", "events were")} taken away before sealing: the log itself says so.");
        }
    }

    // ---- what the manifest and the pages say -------------------------------------------------------------------------------
    private void Pages()
    {
        if (_manifest is null || _population is null || _problems.Count > 0)
        {
            return;
        }

        var (report, steps) = (ReadText("report.html"), ReadText("HOW-TO-VERIFY.md"));
        if (_manifest.Tool != EvidenceExporter.Tool)
        {
            _notVerified.Add($"What report.html says: {_manifest.Tool} made it, and this is {EvidenceExporter.Tool}. It is the file that the manifest names.");
            return;
        }

        if (report != EvidenceReport.Html(_manifest, _population.Rows))
        {
            Add(new BundleProblem("report.html does not say what the leaves say.", "report.html"));
        }

        if (steps != EvidenceSteps.Markdown(_manifest))
        {
            Add(new BundleProblem("HOW-TO-VERIFY.md is not the one that belongs to this bundle.", "HOW-TO-VERIFY.md"));
        }

        _verified.Add("that report.html says what the leaves say");
    }

    private void Statements()
    {
        if (_manifest is not { } m || _population is null)
        {
            return;
        }

        var signed = _checkpoint!.Checkpoint;
        if (m.Log != signed.Origin || m.TreeSize != signed.Size || m.RootHash != signed.Root.ToString() || m.Range.From != _range!.Start || m.Range.To != _range.End)
        {
            Add(new BundleProblem("The manifest is of another checkpoint or another range than the bundle.", "manifest.json"));
        }

        var counts = _population.Counts(files.Names.Count(static n => n.EndsWith(".tlog-proof", StringComparison.Ordinal)));
        if (_problems.Count == 0 && counts != m.Counts)
        {
            Add(new BundleProblem("The numbers of the manifest are not those of the bundle.", "manifest.json", null, JsonSerializer.Serialize(counts, JsonSerializerOptions.Web), JsonSerializer.Serialize(m.Counts, JsonSerializerOptions.Web)));
        }

        if (m.Signatures.Count == 0)
        {
            _notVerified.Add("Who took the bundle, when and by which filter: the manifest is not signed.");
            return;
        }

        var lines = new List<NoteSignature>();
        foreach (var line in m.Signatures)
        {
            if (!NoteSignature.TryParse(line, out var signature))
            {
                Add(new BundleProblem("A signature of the manifest is malformed.", "manifest.json"));
                return;
            }

            lines.Add(signature);
        }

        if (new SignedNote(m.SignedText(), lines).Verify(_keys.Where(k => k.Name == m.Log)) is NoteVerification.Refused refused)
        {
            Add(new BundleProblem($"The manifest was changed, or is not signed with the log's key: {refused.Reason}", "manifest.json"));
        }
        else
        {
            _verified.Add("the manifest's signature, and every file by its hash");
        }
    }
}
