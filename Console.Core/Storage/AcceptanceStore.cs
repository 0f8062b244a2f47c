using Microsoft.EntityFrameworkCore;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.BackgroundActivity;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Core.Storage;

/// <summary>Acts on findings in the console's database.</summary>
public sealed class AcceptanceStore(ConsoleDatabase database, RecordedWrites writes) : IAcceptanceStore
{
    /// <inheritdoc />
    public Task AddAsync(Acceptance acceptance, AuditEvent record, CancellationToken cancellationToken) => writes.WriteAsync(
        record,
        async db =>
        {
            db.Acceptances.Add(new AcceptanceRow
            {
                Id = acceptance.Id,
                FindingId = acceptance.FindingId,
                Project = acceptance.Project,
                Service = acceptance.Service,
                Template = acceptance.Template,
                Accepted = acceptance.Accepted,
                Reason = acceptance.Reason,
                Actor = acceptance.ActorId,
                ActorName = acceptance.ActorName,
                RecordedAt = acceptance.RecordedAt.ToUnixTimeMilliseconds(),
                ExpiresAt = acceptance.ExpiresAt?.ToUnixTimeMilliseconds(),
            });
            await db.SaveChangesAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task<IReadOnlyList<Acceptance>> LatestAsync(string project, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(acts => acts.Where(row => row.Project == project), cancellationToken);

        // Few rows (people wrote them), and SQLite has no simple "latest of each group".
        return [.. rows.GroupBy(static row => row.FindingId, StringComparer.Ordinal).Select(static group => Read(InOrder(group).First()))];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Acceptance>> HistoryAsync(string project, string findingId, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(acts => acts.Where(row => row.Project == project && row.FindingId == findingId), cancellationToken);
        return [.. InOrder(rows).Select(Read)];
    }

    private async Task<List<AcceptanceRow>> ReadAsync(Func<IQueryable<AcceptanceRow>, IQueryable<AcceptanceRow>> some, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = database.Open();
            return await some(db.Acceptances.AsNoTracking()).ToListAsync(cancellationToken);
        }
        catch (Exception e) when (AuditSql.IsFailure(e))
        {
            database.Look(e);
            throw new AuditUnavailableException($"The accepted findings cannot be read: {DatabaseFault.Sentence(e)}", e);
        }
    }

    // Two acts within a millisecond: version 7 ids made in one process later are not always larger, so the time decides first.
    private static IOrderedEnumerable<AcceptanceRow> InOrder(IEnumerable<AcceptanceRow> rows) =>
        rows.OrderByDescending(static row => row.RecordedAt).ThenByDescending(static row => row.Id);

    private static Acceptance Read(AcceptanceRow row) => new()
    {
        Id = row.Id,
        FindingId = row.FindingId,
        Project = row.Project,
        Service = row.Service,
        Template = row.Template,
        Accepted = row.Accepted,
        Reason = row.Reason,
        ActorId = row.Actor,
        ActorName = row.ActorName,
        RecordedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.RecordedAt),
        ExpiresAt = row.ExpiresAt is { } expires ? DateTimeOffset.FromUnixTimeMilliseconds(expires) : null,
    };
}
