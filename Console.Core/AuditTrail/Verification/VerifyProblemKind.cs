namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>Everything that can be wrong with the stored log. Closed: a verification finds nothing else.</summary>
public enum VerifyProblemKind
{
    /// <summary>The stored bytes of an event are not those that were sealed.</summary>
    EventChanged,

    /// <summary>The bytes of a sealed event are gone, and no pruning explains it.</summary>
    EventMissing,

    /// <summary>A row where none was sealed: a second one for an index, or one behind the end of the log.</summary>
    EventUnexpected,

    /// <summary>The stored hash of a leaf is gone or is not that of the sealed bytes.</summary>
    LeafHashChanged,

    /// <summary>Two leaves have each other's places.</summary>
    EventsSwapped,

    /// <summary>The bytes are those that were sealed, but they are not a leaf of this version.</summary>
    LeafUnreadable,

    /// <summary>A tile does not hold the hashes of the tree.</summary>
    TileChanged,

    /// <summary>A full tile is not stored.</summary>
    TileMissing,

    /// <summary>A tile is stored for leaves that the log does not have.</summary>
    TileUnexpected,

    /// <summary>The leaves do not have the root that was signed: events between two checkpoints were changed, and everything that would say which was rewritten.</summary>
    RootDiffers,

    /// <summary>A checkpoint's note cannot be read, or its columns say something else than the note.</summary>
    CheckpointChanged,

    /// <summary>A checkpoint is not signed by a trusted key, or the signature is wrong.</summary>
    CheckpointSignature,

    /// <summary>A cosignature is wrong, or belongs to no checkpoint.</summary>
    CosignatureChanged,

    /// <summary>More leaves were signed than there are: the tail was cut off.</summary>
    TailCut,

    /// <summary>A witness or an anchor has seen a larger log: the database was set back.</summary>
    RolledBack,

    /// <summary>A witness or an anchor has another root for the same leaves: history was rewritten.</summary>
    Fork,

    /// <summary>An anchor holds a checkpoint that the database lacks.</summary>
    CheckpointMissing,

    /// <summary>A file in an anchor folder is no checkpoint of this log.</summary>
    AnchorUnreadable,

    /// <summary>Leaves that no checkpoint covers, for longer than sealing takes.</summary>
    Unsigned,

    /// <summary>A number was sealed twice.</summary>
    NumberTwice,

    /// <summary>A number is neither sealed nor void nor waiting.</summary>
    NumberMissing,

    /// <summary>An event was recorded and taken away before it was sealed; the log itself says so.</summary>
    EventLost,

    /// <summary>The list of void ranges is not that of the leaves.</summary>
    GapChanged,

    /// <summary>A searchable column is not what the leaf says.</summary>
    SearchChanged,

    /// <summary>A sealed event cannot be found by searching: its row is gone.</summary>
    SearchMissing,

    /// <summary>The search has a row for an event that the log does not have.</summary>
    SearchUnexpected,

    /// <summary>A disclosure opens no commitment of its leaf: it was changed, or is another event's.</summary>
    DisclosureChanged,

    /// <summary>What opens a commitment is gone, and no erasure explains it.</summary>
    DisclosureMissing,

    /// <summary>The row of an actor is not what the events disclose, or is gone without an erasure.</summary>
    ActorChanged,

    /// <summary>A receipt is not what the leaf says, or is gone.</summary>
    ReceiptChanged,

    /// <summary>A receipt for an event that the log has not and that does not wait.</summary>
    ReceiptUnexpected,

    /// <summary>How far the sealer says it has come is not how far the log is: it would seal or index the wrong things next.</summary>
    ProgressChanged,

    /// <summary>What is remembered of an anchor fits no checkpoint.</summary>
    AnchorChanged,

    /// <summary>A table has rows that no key leads to.</summary>
    RowUnexpected,

    /// <summary>A waiting event is not what was recorded.</summary>
    InboxChanged,

    /// <summary>Events wait for longer than sealing takes.</summary>
    Unsealed,
}
