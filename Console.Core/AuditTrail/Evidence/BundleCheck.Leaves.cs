using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <content>The leaves, and the root that they have.</content>
internal sealed partial class BundleCheck
{
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
}
