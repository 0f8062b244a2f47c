using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>Where acts on findings are kept. Rows are added, never changed or deleted.</summary>
public interface IAcceptanceStore
{
    /// <summary>Adds one act and its event to the audit trail, in one transaction: both are there, or neither.</summary>
    /// <exception cref="AuditUnavailableException">Neither was written; the message says why.</exception>
    Task AddAsync(Acceptance acceptance, AuditEvent record, CancellationToken cancellationToken);

    /// <summary>The latest act of every finding of a project.</summary>
    Task<IReadOnlyList<Acceptance>> LatestAsync(string project, CancellationToken cancellationToken);

    /// <summary>All acts on one finding, newest first.</summary>
    Task<IReadOnlyList<Acceptance>> HistoryAsync(string project, string findingId, CancellationToken cancellationToken);
}
