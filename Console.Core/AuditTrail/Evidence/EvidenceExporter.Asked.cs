using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.AuditTrail.Verification;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <content>What a request stands for in this log.</content>
public sealed partial class EvidenceExporter
{
    private static async Task<(long From, long To)> RangeAsync(EvidenceRequest request, long size, ILedgerSnapshot snapshot, CancellationToken cancellationToken)
    {
        var (from, to) = request.From is not null || request.To is not null
            ? await snapshot.SealedAsync(request.From, request.To, cancellationToken)
            : (request.FromIndex ?? 0, request.ToIndex ?? size);
        return (Math.Max(0, from), Math.Min(to, size));
    }

    private static async Task<(IReadOnlyList<string> Wanted, IReadOnlyList<string> Except)> ActorRefsAsync(EvidenceFilter? filter, ILedgerSnapshot snapshot, CancellationToken cancellationToken)
    {
        var (wanted, except) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        if (filter is not { Query: var query } || query.Actors.Count + query.Except.Actors.Count == 0)
        {
            return ([], []);
        }

        await foreach (var rows in snapshot.ReadAsync(LedgerTable.Actor, long.MinValue, long.MaxValue, cancellationToken))
        {
            using (rows)
            {
                for (var row = 0; row < rows.Count; row++)
                {
                    Take(query.Actors, wanted, rows.Text(row, 0) ?? "", rows.Text(row, 2) ?? "");
                    Take(query.Except.Actors, except, rows.Text(row, 0) ?? "", rows.Text(row, 2) ?? "");
                }
            }
        }

        return ([.. wanted], [.. except]);

        static void Take(IReadOnlyList<string> actors, SortedSet<string> refs, string actorRef, string id)
        {
            if (actors.Contains(actorRef, StringComparer.Ordinal) || actors.Contains(id, StringComparer.Ordinal))
            {
                refs.Add(actorRef);
            }
        }
    }

    // Where consistency is shown from: the first that was kept, the one at the beginning of the range, and the last that a witness signed.
    private async Task<IReadOnlyList<StoredCheckpoint>> OlderAsync(EvidenceRequest request, StoredCheckpoint checkpoint, StoredCheckpoint? cosigned, CancellationToken cancellationToken)
    {
        var older = new List<StoredCheckpoint?> { cosigned };
        older.AddRange(await log.CheckpointsAsync(0, 1, cancellationToken));
        if (request.From is { } from)
        {
            older.Add(await log.LatestAsync(from, cancellationToken));
        }

        return [.. older.OfType<StoredCheckpoint>().Where(c => c.Size < checkpoint.Size).DistinctBy(static c => c.Size).OrderBy(static c => c.Size)];
    }
}
