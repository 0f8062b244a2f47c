using System.Globalization;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>As many rows as were read by their keys are in a table, or some were put in where nobody looks.</summary>
internal sealed class TableCounts(ILedgerSnapshot snapshot, Findings findings)
{
    /// <summary>Compares.</summary>
    public async Task CheckAsync(LedgerTable table, long read, CancellationToken cancellationToken)
    {
        var rows = await snapshot.CountAsync(table, cancellationToken);
        if (rows != read)
        {
            findings.Add(new VerifyProblem
            {
                // Level 4 of tiles has its first one at 2^40 leaves.
                Kind = table == LedgerTable.Tile0 ? VerifyProblemKind.TileUnexpected : VerifyProblemKind.RowUnexpected,
                Sentence = string.Create(CultureInfo.InvariantCulture, $"The table of {Name(table)} has {rows} rows, and {read} of them can be reached by their keys: others were put in, or have lost theirs."),
                Expected = read.ToString(CultureInfo.InvariantCulture),
                Found = rows.ToString(CultureInfo.InvariantCulture),
            });
        }
    }

    private static string Name(LedgerTable table) => table switch
    {
        LedgerTable.Leaf => "leaf hashes",
        LedgerTable.Event => "events",
        LedgerTable.Gap => "void numbers",
        LedgerTable.Disclosure => "disclosed fields",
        LedgerTable.Search => "searchable columns",
        LedgerTable.Words => "searchable words",
        LedgerTable.Receipt => "receipts",
        LedgerTable.Tile0 => "tiles",
        LedgerTable.Checkpoint => "checkpoints",
        LedgerTable.Cosignature => "cosignatures",
        _ => table.ToString(),
    };
}
