using System.Globalization;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>One check of one bundle.</summary>
internal sealed partial class BundleCheck(IBundleFiles files, BundleTrust trust, Action<EvidenceProgress> progress, CancellationToken cancellationToken)
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
