namespace OpsConsole.Core.AuditTrail;

/// <summary>Actions that the console itself records. Applications bring their own; the catalogue grows with them.</summary>
public static class AuditActions
{
    /// <summary>Somebody signed in.</summary>
    public const string SignIn = "console.sign_in";

    /// <summary>Somebody signed out.</summary>
    public const string SignOut = "console.sign_out";

    /// <summary>Somebody asked for a page, a file or an act that none of their roles includes.</summary>
    public const string AccessDenied = "console.access_denied";

    /// <summary>A role was given.</summary>
    public const string RoleAssign = "console.role.assign";

    /// <summary>A role was withdrawn.</summary>
    public const string RoleWithdraw = "console.role.withdraw";

    /// <summary>A change of a service's settings is about to be sent. Outcome <see cref="AuditOutcome.Unknown"/>: the intent.</summary>
    public const string ChangeIntent = "run.change.intent";

    /// <summary>How a change of a service's settings ended.</summary>
    public const string ChangeOutcome = "run.change.outcome";

    /// <summary>What a change did to the traffic, measured some minutes later.</summary>
    public const string ChangeReceipt = "run.change.receipt";

    /// <summary>A second person was asked to approve a change.</summary>
    public const string ApprovalRequest = "run.change.approval_request";

    /// <summary>A second person approved or rejected a change.</summary>
    public const string ApprovalDecision = "run.change.approval_decision";

    /// <summary>The same change of several services was begun.</summary>
    public const string ChangeBulk = "run.change.bulk";

    /// <summary>Somebody stopped what had not begun of a change of several services.</summary>
    public const string ChangeBulkCancel = "run.change.bulk_cancel";

    /// <summary>How a change of several services ended, service by service.</summary>
    public const string ChangeBulkOutcome = "run.change.bulk_outcome";

    /// <summary>A gradual move of traffic was paused, resumed, stopped, or came to its end.</summary>
    public const string ChangeMove = "run.change.move";

    /// <summary>It was set how many database connections the instances of a service may take.</summary>
    public const string ConnectionsSet = "run.connections.set";

    /// <summary>A finding of background activity was accepted.</summary>
    public const string FindingAccept = "background.finding.accept";

    /// <summary>The acceptance of a finding was taken back.</summary>
    public const string FindingWithdraw = "background.finding.withdraw";

    /// <summary>Logs of the past were uploaded or read for analysis.</summary>
    public const string LogsAnalyse = "background.logs.analyse";

    /// <summary>An upload or a window of logs was deleted from the console.</summary>
    public const string LogsRemove = "background.logs.remove";

    /// <summary>Log lines were looked at: of a request, of an instance, or those that are undecided. They may hold personal data.</summary>
    public const string LogsView = "background.logs.view";

    /// <summary>Classified log entries were downloaded.</summary>
    public const string EvidenceExport = "background.evidence.export";

    /// <summary>The audit trail was searched or browsed.</summary>
    public const string AuditSearch = "audit.search";

    /// <summary>One event was viewed.</summary>
    public const string AuditView = "audit.view";

    /// <summary>The sealed log was read as tiles, by a monitor or a verifier; recorded once an hour for each reader.</summary>
    public const string LogRead = "audit.log.read";

    /// <summary>The audit trail was verified.</summary>
    public const string AuditVerify = "audit.verify";

    /// <summary>Events or proofs were exported.</summary>
    public const string AuditExport = "audit.export";

    /// <summary>Completeness was checked against the request log.</summary>
    public const string AuditCompleteness = "audit.completeness";

    /// <summary>It was set which requests of a service must leave an audit event.</summary>
    public const string CompletenessRules = "audit.completeness.rules";

    /// <summary>A daily statement of the three books was made.</summary>
    public const string AuditStatement = "audit.statement";

    /// <summary>A search was saved under a name, for everybody who may browse.</summary>
    public const string SavedViewAdd = "audit.saved_view.add";

    /// <summary>A saved search was removed from the list.</summary>
    public const string SavedViewRemove = "audit.saved_view.remove";

    /// <summary>Erasure of personal fields was asked for.</summary>
    public const string EraseRequest = "audit.erase.request";

    /// <summary>Erasure of personal fields was approved and carried out, or rejected.</summary>
    public const string EraseDecision = "audit.erase.decision";

    /// <summary>A legal hold was set.</summary>
    public const string HoldSet = "audit.hold.set";

    /// <summary>A legal hold was released.</summary>
    public const string HoldRelease = "audit.hold.release";

    /// <summary>Release of a legal hold was asked for.</summary>
    public const string HoldReleaseRequest = "audit.hold.release_request";

    /// <summary>Pruning was asked for.</summary>
    public const string PruneRequest = "audit.prune.request";

    /// <summary>Events below an index were pruned.</summary>
    public const string Prune = "audit.prune";

    /// <summary>A token for the HTTP API was made.</summary>
    public const string TokenCreate = "audit.token.create";

    /// <summary>A token for the HTTP API was revoked.</summary>
    public const string TokenRevoke = "audit.token.revoke";

    /// <summary>Sealing started.</summary>
    public const string SealerStart = "audit.sealer.start";

    /// <summary>Sealing stopped in order.</summary>
    public const string SealerStop = "audit.sealer.stop";

    /// <summary>Sealing fell behind, or caught up again.</summary>
    public const string SealerStall = "audit.sealer.stall";

    /// <summary>Something is wrong with the log: rolled back, deleted before sealing, a fork.</summary>
    public const string Incident = "audit.incident";

    /// <summary>Something was in the store that is no event; it was sealed as it is.</summary>
    public const string Unreadable = "audit.unreadable";

    /// <summary>The signing key was rotated.</summary>
    public const string KeyRotate = "audit.key.rotate";
}
