namespace OpsConsole.Core.AuditTrail.Retention;

/// <summary>Holds and requests, as the trail itself tells them; the newest first.</summary>
/// <param name="Holds">Legal holds, also released ones.</param>
/// <param name="Requests">Requests, also decided ones.</param>
public sealed record RetentionBook(IReadOnlyList<LegalHold> Holds, IReadOnlyList<RetentionRequest> Requests)
{
    /// <summary>Those that stand.</summary>
    public IEnumerable<LegalHold> Standing => Holds.Where(static h => h.ReleasedAt is null);

    /// <summary>Those that wait for somebody.</summary>
    public IEnumerable<RetentionRequest> Open => Requests.Where(static r => r.DecidedBy is null);
}
