using System.Globalization;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <content>Signatures of witnesses.</content>
internal sealed partial class CheckpointCheck
{
    // A witness gives its signature back at once, so the database has had it.
    private void Uncosigned(long before)
    {
        foreach (var seen in _outside.Where(o => o.Cosigner is not null && o.At is { } at && at < before && !_cosigned.Contains((o.Size, o.Cosigner))))
        {
            _findings.Add(new VerifyProblem
            {
                Kind = VerifyProblemKind.CosignatureChanged,
                Sentence = string.Create(CultureInfo.InvariantCulture, $"{seen.Where} signed the checkpoint of size {seen.Size}, and the database does not have its signature: it was removed."),
                Index = seen.Size == 0 ? null : seen.Size - 1,
            });
        }
    }

    private async ValueTask CosignaturesAsync(long size, SignedCheckpoint signed)
    {
        await StrayCosignaturesAsync(size - 1);
        for (; _cosignatures.Key == size; await _cosignatures.MoveAsync())
        {
            var name = _cosignatures.Text(1)!;
            var line = _cosignatures.Text(2)!;
            if (!NoteSignature.TryParse(line.TrimEnd('\n'), out var signature))
            {
                WrongCosignature(size, name, "cannot be read.");
                continue;
            }

            var keys = _trust.Witnesses.Select(static w => w.Key).Where(signature.Claims).ToList();
            if (keys.Count == 0)
            {
                if (_trust.Witnesses.Any(w => w.Key.Name == name || w.Name == name))
                {
                    WrongCosignature(size, name, "is not by that witness's key.");
                }
                else
                {
                    _findings.Note($"Cosignatures of {name} were not verified: its key is not in the witness policy.");
                }

                continue;
            }

            Cosignatures++;
            switch ((signed.Note with { Signatures = [signature] }).Verify(keys))
            {
                case NoteVerification.Verified { By: [{ Time: { } at }, ..] }:
                    var stored = _cosignatures.Number(3);
                    var witnessed = (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
                    if (stored != witnessed)
                    {
                        WrongCosignature(size, name, "stands in the database with another time than the witness signed.");
                    }

                    if (signature.Name != name)
                    {
                        WrongCosignature(size, name, $"is one of {signature.Name}.");
                    }

                    LastTime = witnessed;
                    _cosigned.Add((size, signature.Name));
                    break;
                case NoteVerification.Refused refused:
                    WrongCosignature(size, name, $"is wrong: {refused.Reason}");
                    break;
                default:
                    WrongCosignature(size, name, "is by a key that does not cosign.");
                    break;
            }
        }
    }

    // Those of sizes that have no checkpoint.
    private async ValueTask StrayCosignaturesAsync(long upTo)
    {
        for (; _cosignatures.HasRow && _cosignatures.Key <= upTo; await _cosignatures.MoveAsync())
        {
            WrongCosignature(_cosignatures.Key, _cosignatures.Text(1)!, "belongs to no checkpoint that is stored and readable.");
        }
    }

    private void WrongCosignature(long size, string name, string what) => _findings.Add(new VerifyProblem
    {
        Kind = VerifyProblemKind.CosignatureChanged,
        Sentence = string.Create(CultureInfo.InvariantCulture, $"The cosignature of {name} on the checkpoint of size {size} {what}"),
        Index = size <= 0 ? null : size - 1,
    });
}
