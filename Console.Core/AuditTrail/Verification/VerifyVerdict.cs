using System.Globalization;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Says what was verified and what was not: a verdict without that is worth nothing.</summary>
internal sealed class VerifyVerdict(Findings findings, VerifyRequest request, VerifyTrust trust, OutsideRoots outside, Explanations explanations)
{
    /// <summary>Puts the report together.</summary>
    public VerifyReport Report(
        string store, DateTimeOffset asOf, double seconds, long size, long from, long to, long hashed, long pruned, CheckpointCheck checkpoints, long erased)
    {
        foreach (var problem in outside.Problems)
        {
            findings.Add(problem);
        }

        return new VerifyReport
        {
            Store = store,
            AsOf = asOf,
            Seconds = seconds,
            Request = request,
            TreeSize = size,
            From = from,
            To = to,
            Events = hashed,
            Pruned = pruned,
            Checkpoints = checkpoints.Count,
            Cosignatures = checkpoints.Cosignatures,
            Anchors = outside.Anchors,
            Witnesses = outside.Witnesses,
            LastGoodCheckpoint = findings.LastGood,
            LastGoodRoot = checkpoints.LastGoodRoot is { } root ? ((MerkleHash)root).ToString() : null,
            Problems = findings.Problems(),
            ProblemCount = findings.Count,
            Notes = findings.Notes,
            Verified = [.. Verified(hashed, from, to, checkpoints)],
            NotVerified = [.. NotVerified(size, from, to, hashed, pruned, checkpoints, erased)],
        };
    }

    private static string N(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private IEnumerable<string> Verified(long hashed, long from, long to, CheckpointCheck checkpoints)
    {
        yield return request.IsWhole ? $"the bytes of {N(hashed)} leaves" : $"the bytes of {N(hashed)} leaves, indices {N(from)} to {N(Math.Max(from, to - 1))}";
        yield return "the hashes and tiles of the tree";
        yield return "the searchable columns of each event";
        if (checkpoints.Count > 0)
        {
            yield return trust.LogKeys.Count > 0
                ? $"signatures and roots of {N(checkpoints.Count)} checkpoints, which are consistent with each other"
                : $"roots of {N(checkpoints.Count)} checkpoints";
        }

        if (checkpoints.Cosignatures > 0)
        {
            yield return $"{N(checkpoints.Cosignatures)} cosignatures";
        }

        if (outside.Anchors > 0)
        {
            yield return $"{N(outside.Anchors)} anchors";
        }

        if (outside.Witnesses > 0)
        {
            yield return outside.Witnesses == 1 ? "the latest checkpoint of 1 witness" : $"the latest checkpoints of {N(outside.Witnesses)} witnesses";
        }

        yield return request.IsWhole ? "that each number is sealed once, void, or waiting" : "that the log does not end before what was signed, anchored or witnessed";

        if (request.Full)
        {
            yield return request.IsWhole ? "disclosed fields, words of the search, actors and receipts" : "disclosed fields and words of the search";
        }
    }

    private IEnumerable<string> NotVerified(long size, long from, long to, long hashed, long pruned, CheckpointCheck checkpoints, long erased)
    {
        if (request.ResumedAt is { } resumed)
        {
            var began = request.ResumedRunBegan is { } at ? $" that began {at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC and" : " that";
            yield return $"The leaves below index {N(resumed)} were verified, and nothing was wrong with them, by a run{began} was stopped; this one went on from there. A change to them since then is not seen.";
        }
        else if (to - from < size)
        {
            yield return $"{N(size - (to - from))} leaves outside of the range were taken from the tiles; their bytes were not read.";
        }

        if (!request.IsWhole)
        {
            yield return "Numbers, receipts, waiting events, checkpoints outside of the range, and rows behind the end of the log are looked at only when everything is verified.";
        }

        if (pruned > 0)
        {
            yield return $"{N(pruned)} leaves were pruned; their hashes are right, their content is gone.";
        }

        if (erased > 0)
        {
            yield return $"{N(erased)} fields were erased by decisions that the log holds; what they said is gone.";
        }

        if (!request.Full)
        {
            yield return $"Fields that may be erased (who, reason, before, after, details), actors and receipts were not compared with their commitments{(explanations.Erasures > 0 ? " or with the decisions to erase" : "")}.";
        }

        if (trust.LogKeys.Count == 0)
        {
            yield return "No key of the log is known: signatures were not checked, and somebody who can write to the database could have made everything anew.";
        }
        else if (checkpoints.Count == 0 && hashed > 0)
        {
            yield return "No checkpoint was signed over these leaves yet.";
        }

        if (outside.Anchors == 0 && outside.Witnesses == 0)
        {
            yield return "Nothing outside of this database was asked: a database set back to an earlier day, or a history rewritten with the log's own key, would look the same.";
        }

        foreach (var sentence in outside.NotVerified)
        {
            yield return sentence;
        }
    }
}
