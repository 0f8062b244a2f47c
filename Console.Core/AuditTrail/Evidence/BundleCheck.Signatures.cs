using System.Globalization;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <content>Whose word it is: keys, the checkpoint, cosignatures.</content>
internal sealed partial class BundleCheck
{
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
}
