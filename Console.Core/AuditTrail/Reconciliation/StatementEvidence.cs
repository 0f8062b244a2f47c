using System.Globalization;
using System.IO.Compression;
using System.Text;
using OpsConsole.Core.AuditTrail.Browsing;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>A statement as a file that convinces somebody who trusts nobody here: its rows, the leaves that seal them, and the proof of each.</summary>
public static class StatementEvidence
{
    private const string HowTo = """
        # How to check this statement

        1. `statement.ndjson` holds its rows, one JSON object a line; `statement.csv` holds the same for a spreadsheet.
        2. `sha256sum statement.ndjson` gives the digest that stands as `sha256` in the details of each event in `events/`.
        3. `events/N.leaf.json` is leaf N of the log, byte for byte as it was hashed; `events/N.tlog-proof` proves its place (c2sp.org/tlog-proof@v1)
           to the signed checkpoint in it. Any C2SP tool checks that with the key in `log.vkey`, and the witnesses' cosignatures with their keys.
        4. `events/N.disclosures.txt` opens the commitments of the leaf: each line is base64url of [salt, name, value], and base64url(SHA-256(line))
           stands in the leaf under `sd`. The line of `details` holds the rows.
        5. Google's half: `googleEntries` of each row are the insertIds of the entries in Cloud Audit Logs of the project. Ask its owner for them.

        What it does not prove: that Google's log itself is whole. What Google's log never had, and Cloud Run does not show any more, is in no book.
        """;

    /// <summary>Writes the zip.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="proofs">Proofs of leaves.</param>
    /// <param name="disclosures">Packed disclosures of a leaf; null when there are none.</param>
    /// <param name="keys">The log's keys.</param>
    /// <param name="target">Seekable or not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AuditUnavailableException">The log cannot be read.</exception>
    public static async Task WriteAsync(
        SealedStatement statement, LeafProofs proofs, Func<long, CancellationToken, Task<string?>> disclosures, IReadOnlyList<VerifierKey> keys, Stream target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        await AddAsync("HOW-TO-VERIFY.md", Encoding.UTF8.GetBytes(HowTo + "\n"));
        await AddAsync("log.vkey", Encoding.UTF8.GetBytes(string.Concat(keys.Select(static k => $"{k}\n"))));
        using (var rows = new MemoryStream())
        {
            StatementJson.WriteNdjson(statement.Statement.Rows, rows);
            await AddAsync("statement.ndjson", rows.ToArray());
        }

        using (var csv = new StringWriter(CultureInfo.InvariantCulture))
        {
            StatementJson.WriteCsv(statement.Statement.Rows, csv);
            await AddAsync("statement.csv", Encoding.UTF8.GetBytes(csv.ToString()));
        }

        await AddAsync("SENTENCE.txt", Encoding.UTF8.GetBytes($"{StatementSentence.Of(statement.Statement)}\n{string.Concat(statement.Statement.Notes.Select(static n => $"{n}\n"))}"));
        foreach (var record in statement.Events)
        {
            if (record.Position.Index is not { } index || await proofs.OfAsync(index, cancellationToken) is not { Bytes: { } leaf } proof)
            {
                await AddAsync($"events/not-sealed-{record.Event.Id}.txt", Encoding.UTF8.GetBytes("This event is recorded and not sealed yet. Download the statement again in a few seconds.\n"));
                continue;
            }

            var name = index.ToString(CultureInfo.InvariantCulture);
            await AddAsync($"events/{name}.leaf.json", leaf);
            if (proof is { Inclusion: { } inclusion, Checkpoint: { } checkpoint })
            {
                await AddAsync($"events/{name}.tlog-proof", new TlogProof(index, inclusion.Path, checkpoint.Signed).ToBytes());
            }

            if (await disclosures(index, cancellationToken) is { Length: > 0 } packed)
            {
                await AddAsync($"events/{name}.disclosures.txt", Encoding.ASCII.GetBytes(packed.Replace('~', '\n') + "\n"));
            }
        }

        async Task AddAsync(string name, byte[] bytes)
        {
            await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
            await entry.WriteAsync(bytes, cancellationToken);
        }
    }
}
