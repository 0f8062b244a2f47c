using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Verification;

namespace OpsConsole.Core.Storage.Audit.Ledger;

/// <summary>The statements that read the tables in the order of their keys; both databases speak them.</summary>
internal static class LedgerSql
{
    /// <summary>Rows go to the reader in batches of about so many bytes.</summary>
    public const int BatchBytes = 256 * 1024;

    /// <summary>Name of the table, without schema or prefix; null for the words, which the databases keep differently.</summary>
    public static string Name(LedgerTable table) => table switch
    {
        LedgerTable.Leaf => "leaf",
        LedgerTable.Event => "event",
        LedgerTable.Gap => "gap",
        LedgerTable.Disclosure => "disclosure",
        LedgerTable.Search => "search",
        LedgerTable.Receipt => "receipt",
        LedgerTable.Inbox => "inbox",
        LedgerTable.Actor => "actor",
        LedgerTable.Tile0 or LedgerTable.Tile1 or LedgerTable.Tile2 or LedgerTable.Tile3 => "tile",
        LedgerTable.Checkpoint => "checkpoint",
        LedgerTable.Cosignature => "cosignature",
        LedgerTable.Anchor => "anchor",
        LedgerTable.Progress => "progress",
        _ => throw new ArgumentOutOfRangeException(nameof(table)),
    };

    /// <summary>Level of the tiles; null for other tables.</summary>
    public static int? Level(LedgerTable table) => table is >= LedgerTable.Tile0 and <= LedgerTable.Tile3 ? table - LedgerTable.Tile0 : null;

    /// <summary>Behind the key, so that rows of one key have one order too.</summary>
    public static string Order(LedgerTable table) => table switch
    {
        LedgerTable.Event => "leaf_index, sealed_at",
        LedgerTable.Cosignature or LedgerTable.Anchor => "size, name",
        _ => LedgerTables.Columns(table)[0].Name,
    };

    /// <summary>What verification says when the database fails.</summary>
    public static AuditUnavailableException Unavailable(ConsoleDatabase database, Exception e) =>
        new($"The audit trail cannot be read: {database.Name} says: {(e as Npgsql.PostgresException)?.MessageText ?? e.Message}", e);
}
