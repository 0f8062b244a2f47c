using System.Text;
using OpsConsole.Core.AuditTrail.Merkle;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

/// <summary>Somebody changes one event, recomputes everything that hangs on it, and signs it all again.</summary>
internal static class ForgedHistory
{
    /// <summary>Writes it over the log.</summary>
    public static async Task WriteAsync(TamperedLog log, SigningKey key)
    {
        var leaves = (await log.RowsAsync("SELECT leaf FROM audit.event ORDER BY leaf_index")).Select(static r => (byte[])r[0]!).ToList();
        leaves[150] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(leaves[150]).Replace("invoice.approve", "invoice.reject_", StringComparison.Ordinal));
        await log.ExecuteAsync("UPDATE audit.event SET leaf = @p0 WHERE leaf_index = 150", leaves[150]);
        await log.ExecuteAsync("UPDATE audit.search SET action = 'invoice.reject_' WHERE leaf_index = 150");

        MerkleHash[] hashes = [.. leaves.Select(static l => TreeHasher.Leaf(l))];
        await log.ExecuteAsync("UPDATE audit.leaf SET hash = @p0 WHERE leaf_index = 150", hashes[150].Bytes.ToArray());
        await log.ExecuteAsync("UPDATE audit.tile SET hashes = @p0 WHERE level = 0 AND n = 0", (byte[])[.. hashes.Take(256).SelectMany(static h => h.Bytes.ToArray())]);
        await log.ExecuteAsync("DELETE FROM audit.cosignature");
        foreach (var size in TamperedLog.Checkpoints)
        {
            var tree = new CompactRange();
            foreach (var hash in hashes.Take((int)size))
            {
                tree.Append(hash);
            }

            var signed = new Checkpoint(AuditBench.Origin, size, tree.Root()).Sign(key.AsLog());
            await log.ExecuteAsync($"UPDATE audit.checkpoint SET root = @p0, note = @p1 WHERE size = {size}", signed.Checkpoint.Root.Bytes.ToArray(), signed.ToString());
        }
    }
}
