namespace OpsConsole.Core.Crashing;

/// <summary>
/// The steps at which the process may die, with what is durable at that moment and what must hold after the next start. The set is closed,
/// and the crash-point test has a case for each: a new step without one fails it.
/// </summary>
public enum CrashStep
{
    // ---- start ----

    /// <summary>The turn of migrating is taken, and no migration of this start is applied. The next start takes the turn at once and applies them.</summary>
    MigrationBegun = 1,

    /// <summary>The database is of this version; nothing else has begun. The next start finds nothing to migrate.</summary>
    MigrationDone,

    // ---- files that are replaced as a whole ----

    /// <summary>The new content lies beside, synced; the old file is in place. The next start reads the old file, and the next writing does not stumble over what lies there.</summary>
    FileWrittenBeside,

    /// <summary>The new file is in place; its folder is not synced. The next start reads the new file.</summary>
    FileRenamed,

    // ---- append ----

    /// <summary>The request is read and checked; nothing is written. No event: the sender, who has no answer, sends it again.</summary>
    AppendReceived,

    /// <summary>Receipt and event are written in a transaction that is not committed. No event, and its number is no gap without a leaf.</summary>
    AppendWritten,

    /// <summary>The event is committed, and the sender has no answer. It is sealed after the start; sending it again answers "duplicate", and adds nothing.</summary>
    AppendCommitted,

    // ---- the console's own acts ----

    /// <summary>A change of the console's own tables and its event are written in one transaction that is not committed. Neither is there.</summary>
    OwnActWritten,

    /// <summary>Both are committed, and the person has no answer. Both are there.</summary>
    OwnActCommitted,

    // ---- a change ----

    /// <summary>All checks are passed, and nothing is recorded. Nothing is sent: no change, no record.</summary>
    ChangeChecked,

    /// <summary>The intent is committed. Nothing is sent: the next start finds that the change never took, and records that.</summary>
    ChangeRecorded,

    /// <summary>The request is about to leave. As before: it is not sent again.</summary>
    ChangeSending,

    /// <summary>Google took the change, and nothing here says so. The next start looks it up, follows it, and records the outcome.</summary>
    ChangeAnswered,

    /// <summary>The operation was looked at once and goes on. The next start follows it by the resource.</summary>
    ChangeFollowed,

    /// <summary>The end was seen; the outcome is not recorded. The next start sees the same end and records it.</summary>
    ChangeEnded,

    /// <summary>The outcome is committed. The next start has nothing to settle.</summary>
    ChangeOutcomeRecorded,

    /// <summary>A change that an earlier start left open was looked up, and its outcome is not recorded. The next start looks again.</summary>
    ChangeSettled,

    /// <summary>The intent of running a job or cancelling an execution is committed, and the call is about to leave. It is not sent again.</summary>
    JobSending,

    /// <summary>Google started the execution, and nothing here says so. The next start finds it by its time; no second one is started.</summary>
    JobAnswered,

    // ---- several services ----

    /// <summary>The beginning of a bulk is committed, and none of its rows has begun. The next start ends it: none was begun.</summary>
    BulkRecorded,

    /// <summary>A row has ended and the next has not begun. The next start ends the bulk: the rest was not begun.</summary>
    BulkRowEnded,

    /// <summary>All rows have ended; the end of the bulk is not recorded. The next start records it from the rows' own events.</summary>
    BulkEnded,

    // ---- traffic in steps ----

    /// <summary>A step of a move is planned and due, and nothing of it is recorded. The next start pauses the move; the traffic stays.</summary>
    MoveStepDue,

    /// <summary>A move has taken its last step, and its end is not recorded. The next start records it; no step is taken twice.</summary>
    MoveEnded,

    // ---- a second person ----

    /// <summary>The request is committed, and the person has no answer. It waits after the start; asking again shows the same one.</summary>
    ApprovalAsked,

    /// <summary>The approval is committed, and the change has not begun. The next start begins it, once.</summary>
    ApprovalDecided,

    // ---- seal ----

    /// <summary>A batch is read from the inbox. Nothing of it is sealed; the next sealer reads it again.</summary>
    SealBatchRead,

    /// <summary>Leaves are written in a transaction that is not committed. As before.</summary>
    SealLeavesWritten,

    /// <summary>Their full tiles too. As before.</summary>
    SealTilesWritten,

    /// <summary>The inbox is cleared of them and the watermark set, in the same transaction. As before.</summary>
    SealBatchWritten,

    /// <summary>The batch is committed and not signed. Each event has its one leaf; the next sealer signs.</summary>
    SealCommitted,

    /// <summary>An event was taken away before it was sealed; the incident is committed, and the leaf that says so is not written. The next sealer finds it again: one leaf, one incident.</summary>
    SealMissingTold,

    /// <summary>A checkpoint is signed and nowhere kept. The next sealer signs the same size and root, or a larger tree that holds it.</summary>
    CheckpointSigned,

    /// <summary>It is written in a transaction that is not committed. As before.</summary>
    CheckpointWritten,

    /// <summary>It is committed; nobody outside has it. The next start brings it to the anchors and witnesses.</summary>
    CheckpointCommitted,

    /// <summary>Rows of the search index are written in a transaction that is not committed. They are indexed by the next sealer.</summary>
    IndexWritten,

    /// <summary>They are committed. None is indexed twice.</summary>
    IndexCommitted,

    // ---- outside ----

    /// <summary>A copy of a checkpoint lies in the anchor's folder under a temporary name. The next start writes it whole.</summary>
    AnchorFileWritten,

    /// <summary>An anchor holds the checkpoint; the database does not say so. The next start brings it again and finds it there.</summary>
    AnchorKept,

    /// <summary>The database says so too.</summary>
    AnchorRecorded,

    /// <summary>A witness has cosigned, and the database does not have its signature. The next start asks again from where the witness stands.</summary>
    CosignatureReceived,

    /// <summary>The database has it.</summary>
    CosignatureRecorded,

    // ---- the witness's own process ----

    /// <summary>A checkpoint is found consistent and is not kept. Nothing was cosigned.</summary>
    WitnessVerified,

    /// <summary>It is kept, and the log has no answer. The witness answers with its new size, and signs nothing else for it.</summary>
    WitnessKept,

    // ---- retention ----

    /// <summary>A decision is sealed and is about to be carried out; nothing is gone. The next start carries it out.</summary>
    RetentionBegun,

    /// <summary>A part is removed in a transaction that is not committed. As before.</summary>
    RetentionWritten,

    /// <summary>It is carried out, and no mark says so. The next start begins again and finds nothing left to do.</summary>
    RetentionCarriedOut,

    /// <summary>The mark is committed.</summary>
    RetentionMarked,

    // ---- evidence ----

    /// <summary>That a bundle is made is recorded; there is no file. The record stays.</summary>
    ExportRecorded,

    /// <summary>The bundle is whole under a temporary name. No file has the name that was asked for; the next export takes the remains away.</summary>
    ExportWritten,

    /// <summary>The bundle is in place, and its outcome is not recorded. It verifies.</summary>
    ExportRenamed,

    // ---- Google's own audit log ----

    /// <summary>Entries of Google's log are appended, and the cursor stands where it stood. They are read again, and none is there twice.</summary>
    IngestionAppended,
}
