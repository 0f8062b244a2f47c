using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Approvals;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Web.Changes.Approvals;

/// <summary>The requests that wait, for the badge in the rail and the pages; read from the trail every few seconds and after each act here.</summary>
public sealed class ApprovalInbox(ApprovalBook book, ICloudRun cloudRun, TimeProvider time)
{
    /// <summary>All of the last 90 days, newest first; empty until they are read.</summary>
    public IReadOnlyList<ApprovalRequest> All { get; private set; } = [];

    /// <summary>True once they were read.</summary>
    public bool IsRead { get; private set; }

    /// <summary>Those that wait for a second person.</summary>
    public IReadOnlyList<ApprovalRequest> Waiting => [.. All.Where(r => r.StateAt(time.GetUtcNow()) == ApprovalState.Pending)];

    /// <summary>Raised when something changed, on any thread.</summary>
    public event EventHandler? Changed;

    /// <summary>Reads them.</summary>
    /// <returns>Why they could not be read; null when they were.</returns>
    public async Task<string?> RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (before, waited, wasRead) = (All, Waiting.Count, IsRead);
            All = await book.OfAsync(cloudRun.Projects, cancellationToken);
            IsRead = true;
            if (!wasRead || waited != Waiting.Count || !before.Select(static r => (r.Id, r.Decision)).SequenceEqual(All.Select(static r => (r.Id, r.Decision))))
            {
                Changed?.Invoke(this, EventArgs.Empty);
            }

            return null;
        }
        catch (AuditUnavailableException e)
        {
            return e.Message;
        }
    }
}
