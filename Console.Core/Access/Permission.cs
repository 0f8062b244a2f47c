namespace OpsConsole.Core.Access;

/// <summary>One thing that somebody may do. Every page and endpoint names the one it needs.</summary>
public enum Permission
{
    /// <summary>See services, revisions, jobs and worker pools.</summary>
    ViewServices,

    /// <summary>See requests, log lines and findings of background activity.</summary>
    ViewBackgroundActivity,

    /// <summary>Upload log exports and read windows of the past, which uses quota and disk.</summary>
    AnalyseLogs,

    /// <summary>Accept a finding with a reason, or take the acceptance back.</summary>
    AcceptFindings,

    /// <summary>Download classified entries.</summary>
    ExportEvidence,

    /// <summary>Change settings of services, jobs and worker pools.</summary>
    ChangeServices,

    /// <summary>Approve or reject changes that somebody else asked for.</summary>
    ApproveChanges,

    /// <summary>Search the audit trail and view its events and proofs.</summary>
    BrowseAudit,

    /// <summary>Verify the audit trail, check completeness and reconcile the books.</summary>
    VerifyAudit,

    /// <summary>Export events, proofs and bundles for auditors.</summary>
    ExportAudit,

    /// <summary>Ask for erasure of personal fields, for pruning and for release of a legal hold, and decide on what somebody else asked for.</summary>
    EraseAudit,

    /// <summary>Make and revoke tokens of the HTTP API.</summary>
    ManageTokens,

    /// <summary>Give roles to people and take them back.</summary>
    ManageRoles,

    /// <summary>See the console's own settings, without their secrets, and how it is.</summary>
    ViewConsole,
}
