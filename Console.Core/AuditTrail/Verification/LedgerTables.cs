namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>The columns of each table, in the order in which they are read. The first one is the key that orders the rows.</summary>
public static class LedgerTables
{
    private static readonly LedgerColumn[] Tile = [Number("n"), Bytes("hashes")];

    /// <summary>The columns of a table.</summary>
    public static IReadOnlyList<LedgerColumn> Columns(LedgerTable table) => table switch
    {
        LedgerTable.Leaf => LeafColumns,
        LedgerTable.Event => EventColumns,
        LedgerTable.Gap => GapColumns,
        LedgerTable.Disclosure => DisclosureColumns,
        LedgerTable.Search => SearchColumns,
        LedgerTable.Words => WordsColumns,
        LedgerTable.Receipt => ReceiptColumns,
        LedgerTable.Inbox => InboxColumns,
        LedgerTable.Actor => ActorColumns,
        LedgerTable.Tile0 or LedgerTable.Tile1 or LedgerTable.Tile2 or LedgerTable.Tile3 => Tile,
        LedgerTable.Checkpoint => CheckpointColumns,
        LedgerTable.Cosignature => CosignatureColumns,
        LedgerTable.Anchor => AnchorColumns,
        LedgerTable.Progress => ProgressColumns,
        _ => throw new ArgumentOutOfRangeException(nameof(table)),
    };

    private static LedgerColumn[] LeafColumns { get; } = [Number("leaf_index"), Number("seq"), Bytes("hash")];

    private static LedgerColumn[] EventColumns { get; } = [Number("leaf_index"), Time("sealed_at"), Bytes("leaf")];

    private static LedgerColumn[] GapColumns { get; } = [Number("leaf_index"), Number("from_seq"), Number("to_seq")];

    private static LedgerColumn[] DisclosureColumns { get; } = [Number("leaf_index"), Text("items")];

    private static LedgerColumn[] SearchColumns { get; } =
    [
        Number("leaf_index"), Number("seq"), Time("sealed_at"), Time("event_time"), Time("recorded_at"), Text("workspace"), Text("event_id"), Text("trace_id"),
        Text("actor_ref"), Text("action"), Text("outcome"), Text("resource_type"), Text("resource_id"), Text("source"), Text("via"),
    ];

    private static LedgerColumn[] WordsColumns { get; } = [Number("leaf_index"), Text("words")];

    private static LedgerColumn[] ReceiptColumns { get; } =
        [Number("seq"), Text("workspace"), Text("id"), Time("recorded_at"), Bytes("salt"), Bytes("digest")];

    private static LedgerColumn[] InboxColumns { get; } =
        [Number("seq"), Text("workspace"), Text("id"), Time("recorded_at"), Text("via"), Text("appended_by"), Text("body")];

    private static LedgerColumn[] ActorColumns { get; } = [Text("ref"), Text("type"), Text("id"), Text("display_name")];

    private static LedgerColumn[] CheckpointColumns { get; } = [Number("size"), Bytes("root"), Text("note"), Time("signed_at")];

    private static LedgerColumn[] CosignatureColumns { get; } = [Number("size"), Text("name"), Text("line"), Time("at")];

    private static LedgerColumn[] AnchorColumns { get; } = [Number("size"), Text("name"), Time("at")];

    private static LedgerColumn[] ProgressColumns { get; } = [Text("name"), Number("value")];

    private static LedgerColumn Number(string name) => new(name, LedgerType.Number);

    private static LedgerColumn Time(string name) => new(name, LedgerType.Time);

    private static LedgerColumn Text(string name) => new(name, LedgerType.Text);

    private static LedgerColumn Bytes(string name) => new(name, LedgerType.Bytes);
}
