using System.Globalization;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>Brings every checkpoint to one anchor, and looks at first whether the anchor knows more of this log than the database does.</summary>
public sealed class AnchorLoop(
    IAnchor anchor, LogKeys keys, IAnchorStore store, Incidents incidents, SealSignals signals, SealHealth health, OutsideBoard board, TimeProvider time)
    : OutsideLoop(anchor.Name, isWitness: false, anchor.Name[(anchor.Name.IndexOf(':', StringComparison.Ordinal) + 1)..], store, incidents, signals, health, board, time)
{
    // An anchor that is named for the first time gets the past too, unless that is very long.
    private const int MostOfThePast = 10_000;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private long? _brought;
    private long? _lookedAt;

    /// <inheritdoc />
    protected override async Task<string?> BringAsync(CancellationToken cancellationToken)
    {
        var problem = await LookAsync(cancellationToken);
        if (_brought is null)
        {
            var known = await Store.AnchoredAsync(anchor.Name, cancellationToken);
            if (known is { } has)
            {
                Has(has.Size, has.At);
                _brought = has.Size;
            }
            else
            {
                var past = await Store.LagAsync(0, cancellationToken);
                _brought = past.Count <= MostOfThePast || await Store.LatestAsync(cancellationToken) is not { } newest ? 0 : newest.Size - 1;
            }
        }

        while (await Store.AboveAsync(_brought.Value, anchor.Most, cancellationToken) is { Count: > 0 } pending)
        {
            var now = Time.GetUtcNow();
            switch (await anchor.AddAsync(pending, cancellationToken))
            {
                case AnchorAnswer.Kept:
                    await KeptAsync(pending, now, cancellationToken);
                    break;
                case AnchorAnswer.Differs differs:
                    await KeptAsync([.. pending.Where(c => c.Size < differs.Size)], now, cancellationToken);

                    // Told, and passed over: the next ones still belong outside.
                    _brought = differs.Size;
                    problem = await IncidentAsync("fork", pending[^1].Size, differs.Size, differs.Sentence, cancellationToken);
                    break;
                case AnchorAnswer.Unavailable unavailable:
                    return unavailable.Reason;
                default:
                    throw new InvalidOperationException("An answer that is not handled.");
            }
        }

        return problem;
    }

    private async Task KeptAsync(IReadOnlyList<StoredCheckpoint> kept, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (kept.Count > 0)
        {
            CrashPoints.At(CrashStep.AnchorKept);
            await Store.RecordAnchoredAsync(anchor.Name, [.. kept.Select(static c => c.Size)], at, cancellationToken);
            CrashPoints.At(CrashStep.AnchorRecorded);
            _brought = kept[^1].Size;
            Has(kept[^1].Size, at);
        }
    }

    // At the start, and again while something is wrong. The anchor is read before the database: it can then only know less.
    private async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        if (_lookedAt is { } looked && (!State.IsIncident || Time.GetElapsedTime(looked) < LookAgain))
        {
            return State.IsIncident ? State.Problem : null;
        }

        var sight = await anchor.ReadAsync(1, cancellationToken);
        if (sight is AnchorSight.Unreachable unreachable)
        {
            return unreachable.Reason;
        }

        _lookedAt = Time.GetTimestamp();
        var theirs = ((AnchorSight.Seen)sight).Checkpoints
            .Select(n => SignedCheckpoint.TryParse(n.Note, out var signed, out _) && signed.Verify(keys.VerifierKeys) is NoteVerification.Verified ? (n.Where, Signed: signed) : default)
            .Where(static n => n.Signed is not null).OrderByDescending(static n => n.Signed!.Checkpoint.Size).FirstOrDefault();
        if (theirs.Signed is not { Checkpoint: var seen })
        {
            return null;
        }

        var ours = await Store.LatestAsync(cancellationToken);
        if (ours is null || ours.Size < seen.Size)
        {
            return await IncidentAsync(
                "rolled-back",
                ours?.Size ?? 0,
                seen.Size,
                string.Create(CultureInfo.InvariantCulture, $"The database was set back from {seen.Size:N0} to {ours?.Size ?? 0:N0} leaves: {theirs.Where} holds a checkpoint of this log over {seen.Size:N0} leaves. Stop writing, keep this database, and find out who restored it."),
                cancellationToken);
        }

        if (await Store.AboveAsync(seen.Size - 1, 1, cancellationToken) is [var same, ..] && same.Size == seen.Size && same.Signed.Checkpoint.Root != seen.Root)
        {
            return await IncidentAsync(
                "fork",
                seen.Size,
                seen.Size,
                string.Create(CultureInfo.InvariantCulture, $"Two histories: {theirs.Where} has another root for {seen.Size:N0} leaves than this database. Stop writing, keep both, and find out which one is true."),
                cancellationToken);
        }

        await AgreesAsync(ours.Size, cancellationToken);
        return null;
    }
}
