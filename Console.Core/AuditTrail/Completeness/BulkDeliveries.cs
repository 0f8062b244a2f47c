namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>
/// Which events were delivered in bulk, long after they happened: then the time of recording says when the delivery ran, not when
/// the service wrote its record, and only the source's own clock is left to judge by. Work that was frozen and went on does not
/// look like this: it comes in ones and twos, with the time of its commit.
/// </summary>
internal sealed class BulkDeliveries
{
    private readonly CompletenessOptions _options;
    private readonly HashSet<(string By, long Second)> _bulk;

    public BulkDeliveries(IEnumerable<EventFact> events, CompletenessOptions options)
    {
        _options = options;
        _bulk = [.. events.Where(IsLagging).GroupBy(KeyOf).Where(group => group.Count() >= options.BulkCount).Select(static group => group.Key)];
    }

    public bool Contains(EventFact fact) => IsLagging(fact) && _bulk.Contains(KeyOf(fact));

    private static (string By, long Second) KeyOf(EventFact fact) => (fact.AppendedBy, fact.RecordedAt.ToUnixTimeSeconds());

    private bool IsLagging(EventFact fact) => fact.RecordedAt - fact.Time > _options.BulkLag;
}
