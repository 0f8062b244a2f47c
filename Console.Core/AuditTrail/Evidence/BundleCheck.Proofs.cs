using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <content>The proofs that lie in the bundle.</content>
internal sealed partial class BundleCheck
{
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
}
