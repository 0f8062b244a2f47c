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
}
