using System.Globalization;
using OpsConsole.Core.AuditTrail.Anchoring;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Core.AuditTrail.Witnessing;

/// <summary>
/// Asks one witness to cosign the newest checkpoint, after each checkpoint. What it refuses because it has seen more of this log, or
/// another history, is an incident.
/// </summary>
public sealed class WitnessLoop(
    WitnessClient witness, string address, ITileReader tiles, IAnchorStore store, Incidents incidents, SealSignals signals, SealHealth health, OutsideBoard board, TimeProvider time)
    : OutsideLoop(witness.Key.Name, isWitness: true, address, store, incidents, signals, health, board, time)
{
    // What it cosigned last, as far as we know; it corrects us with a 409.
    private long? _known;

    /// <inheritdoc />
    protected override async Task<string?> BringAsync(CancellationToken cancellationToken)
    {
        if (_known is null)
        {
            var cosigned = await Store.CosignedAsync(witness.Key.Name, cancellationToken);
            _known = cosigned?.Size ?? 0;
            if (cosigned is { } has)
            {
                Has(has.Size, has.At);
            }
        }

        // Twice: once with what we believe that it knows, once with what it says.
        for (var round = 0; round < 3; round++)
        {
            if (await Store.LatestAsync(cancellationToken) is not { } latest || (latest.Size == State.Size && !State.IsIncident))
            {
                return null;
            }

            ConsistencyFile request;
            var from = Math.Min(_known.Value, latest.Size);
            try
            {
                IReadOnlyList<MerkleHash> path = from == 0 ? [] : (await new TiledTree(tiles, latest.Size).ConsistencyAsync(from, cancellationToken)).Path;
                request = new ConsistencyFile(from, path, latest.Signed);
            }
            catch (MissingTileException e)
            {
                return $"The log is damaged, so that nothing can be proved to the witness: {e.Message} Verify the trail.";
            }

            switch (await witness.AddAsync(request, cancellationToken))
            {
                case WitnessReply.Cosigned cosigned:
                    CrashPoints.At(CrashStep.CosignatureReceived);
                    await Store.RecordCosignatureAsync(latest.Size, cosigned.Cosignatures[0], cosigned.Time, cancellationToken);
                    CrashPoints.At(CrashStep.CosignatureRecorded);
                    _known = latest.Size;
                    Has(latest.Size, cosigned.Time);
                    await AgreesAsync(latest.Size, cancellationToken);
                    return null;
                case WitnessReply.Conflict conflict when conflict.Size <= latest.Size && conflict.Size != from:
                    _known = conflict.Size;
                    break;
                case WitnessReply.Conflict conflict when conflict.Size > latest.Size:
                    // Another console may have been quicker: only a database that has no more is one that was set back.
                    if (await Store.LatestAsync(cancellationToken) is { } newest && newest.Size >= conflict.Size)
                    {
                        _known = conflict.Size;
                        break;
                    }

                    return await IncidentAsync(
                        "rolled-back",
                        latest.Size,
                        conflict.Size,
                        string.Create(CultureInfo.InvariantCulture, $"The database was set back: the witness {witness.Key.Name} has seen {conflict.Size:N0} leaves of this log, and the database has {latest.Size:N0}. Stop writing, keep this database, and find out who restored it."),
                        cancellationToken);
                case WitnessReply.Conflict conflict:
                    return string.Create(CultureInfo.InvariantCulture, $"It says that it last saw {conflict.Size} leaves, and refuses a proof from there.");
                case WitnessReply.Inconsistent inconsistent:
                    return await IncidentAsync(
                        "fork",
                        latest.Size,
                        from,
                        string.Create(CultureInfo.InvariantCulture, $"Two histories: the witness {witness.Key.Name} cosigned {from:N0} leaves of this log, and the {latest.Size:N0} leaves of this database do not begin with them. It says: {inconsistent.Reason}"),
                        cancellationToken);
                case WitnessReply.Refused refused:
                    return string.Create(CultureInfo.InvariantCulture, $"It refuses ({refused.Status}): {refused.Reason} Does it know the key of this log?");
                case WitnessReply.Unavailable unavailable:
                    return unavailable.Reason;
                default:
                    throw new InvalidOperationException("A reply that is not handled.");
            }
        }

        return "It names another size each time that it is asked. Does another log use its memory?";
    }
}
