using OpsConsole.Core.AuditTrail;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>The requests that the audit trail holds, with their decisions: there is no other memory of them, so that all consoles on one trail agree.</summary>
/// <param name="reader">The audit trail.</param>
/// <param name="time">The clock.</param>
public sealed class ApprovalBook(IAuditReader reader, TimeProvider time)
{
    /// <summary>How far back requests are shown.</summary>
    public static readonly TimeSpan Back = TimeSpan.FromDays(90);

    /// <summary>The requests of some projects, newest first.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<IReadOnlyList<ApprovalRequest>> OfAsync(IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        Dictionary<string, ApprovalRequest> requests = new(StringComparer.Ordinal);
        Dictionary<string, ApprovalDecision> decisions = new(StringComparer.Ordinal);
        var query = new AuditQuery
        {
            Actions = [AuditActions.ApprovalRequest, AuditActions.ApprovalDecision],
            Workspaces = projects,
            From = time.GetUtcNow() - Back,
        };
        await foreach (var record in reader.OwnActsAsync(query, cancellationToken))
        {
            // Applications may send events of any name: only the console's own count.
            if (record.Position.Via != AuditVia.Console)
            {
                continue;
            }

            if (ApprovalEvents.ReadRequest(record.Event) is { } request)
            {
                requests[request.Id] = request;
            }
            else if (ApprovalEvents.ReadDecision(record.Event) is { } decision)
            {
                decisions[decision.Request] = decision.Decision;
            }
        }

        return [.. requests.Values
            .Select(r => r with { Decision = decisions.GetValueOrDefault(r.Id) })
            .OrderByDescending(static r => r.RequestedAt)];
    }

    /// <summary>One request; null where there is none of that id.</summary>
    /// <exception cref="AuditUnavailableException">The store cannot be reached.</exception>
    public async Task<ApprovalRequest?> FindAsync(string project, string id, CancellationToken cancellationToken) =>
        (await OfAsync([project], cancellationToken)).FirstOrDefault(r => r.Id == id);
}
