using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.BackgroundActivity;

namespace OpsConsole.Web.Tests.BackgroundActivity.Pages;

/// <summary>The record of acceptances without a database.</summary>
internal sealed class AcceptancesInMemory : IAcceptanceStore
{
    public List<Acceptance> Acts { get; } = [];

    public List<AuditEvent> Records { get; } = [];

    public Task AddAsync(Acceptance acceptance, AuditEvent record, CancellationToken cancellationToken)
    {
        Acts.Insert(0, acceptance);
        Records.Add(record);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Acceptance>> LatestAsync(string project, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Acceptance>>([.. Acts.DistinctBy(static act => act.FindingId)]);

    public Task<IReadOnlyList<Acceptance>> HistoryAsync(string project, string findingId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Acceptance>>([.. Acts.Where(act => act.FindingId == findingId)]);
}
