using System.Runtime.CompilerServices;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Testing.Changes;

/// <summary>Reads the console's own acts back from a trail in memory, newest first as the store gives them; it gives nothing out to people.</summary>
public sealed class OwnActsInMemory(AuditTrailInMemory trail) : IAuditReader
{
    /// <summary>The sentence with which it refuses to read; null while it works.</summary>
    public string? Dead { get; set; }

    /// <inheritdoc />
    public async IAsyncEnumerable<AuditRecord> OwnActsAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Dead is not null)
        {
            throw new AuditUnavailableException(Dead);
        }

        var events = trail.Events;
        for (var i = events.Count - 1; i >= 0; i--)
        {
            var e = events[i];
            if ((query.Actions.Count == 0 || query.Actions.Contains(e.Action, StringComparer.Ordinal))
                && (query.Workspaces.Count == 0 || query.Workspaces.Contains(e.Workspace, StringComparer.Ordinal))
                && (query.ResourceIds.Count == 0 || query.ResourceIds.Contains(e.Resource?.Id, StringComparer.Ordinal))
                && !(e.Time < query.From))
            {
                yield return new AuditRecord(e, new AuditPosition { Sequence = i + 1, RecordedAt = e.Time, Via = AuditVia.Console, AppendedBy = "opsconsole" }, null, []);
            }
        }
    }

    /// <inheritdoc />
    public Task<AuditPage> SearchAsync(AuditQuery query, AuditCursor? after, int count, AuditEvent access, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<AuditRecord?> FindAsync(string workspace, string id, AuditEvent access, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc />
    public IAsyncEnumerable<AuditRecord> StreamAsync(AuditQuery query, AuditEvent access, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<IReadOnlyList<AuditFacet>> FacetsAsync(AuditQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc />
    public Task<AuditCount> CountAsync(AuditQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();
}
