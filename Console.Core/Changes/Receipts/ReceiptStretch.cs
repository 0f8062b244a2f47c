using OpsConsole.Core.Changes.Running;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>
/// The two stretches of time that are compared, of one length: up to the change, and from its end on. Whatever else happened to the
/// service cuts them, so that nobody else's doing is counted for this change.
/// </summary>
/// <param name="BeforeTo">The change began.</param>
/// <param name="AfterFrom">The change ended.</param>
/// <param name="Length">Of either.</param>
/// <param name="Note">Why it is shorter than wanted; empty where it is not.</param>
internal sealed record ReceiptStretch(DateTimeOffset BeforeTo, DateTimeOffset AfterFrom, TimeSpan Length, string Note)
{
    /// <summary>Start of the stretch before.</summary>
    public DateTimeOffset BeforeFrom => BeforeTo - Length;

    /// <summary>End of the stretch after.</summary>
    public DateTimeOffset AfterTo => AfterFrom + Length;

    /// <summary>Works them out for a change that has ended.</summary>
    /// <param name="run">The change.</param>
    /// <param name="others">All changes of the service that the trail holds.</param>
    /// <param name="revisions">The service's revisions: one that another deployment made cuts too.</param>
    /// <param name="wanted">Length that is wanted.</param>
    public static ReceiptStretch Of(ChangeRun run, IReadOnlyList<ChangeRun> others, IReadOnlyList<Revision> revisions, TimeSpan wanted)
    {
        var (start, end) = (run.StartedAt, run.EndedAt ?? run.StartedAt);
        var (before, after) = (wanted, wanted);
        foreach (var other in others.Where(o => o.Id != run.Id && o.Phase is not (ChangePhase.Failed or ChangePhase.Conflict)))
        {
            Cut(other.StartedAt, other.EndedAt ?? other.StartedAt);
        }

        foreach (var made in revisions.Where(r => r.Name.Id != run.Revision && !others.Any(o => o.Revision == r.Name.Id)).Select(static r => r.CreateTime).OfType<DateTimeOffset>())
        {
            Cut(made, made);
        }

        var length = before < after ? before : after;
        return new ReceiptStretch(start, end, length, length == wanted ? "" : "The windows are shorter than set: the service was changed again within them.");

        void Cut(DateTimeOffset from, DateTimeOffset to)
        {
            if (to <= start && start - to < before)
            {
                before = start - to;
            }
            else if (from >= end && from - end < after)
            {
                after = from - end;
            }
            else if (from < end && to > start)
            {
                (before, after) = (TimeSpan.Zero, TimeSpan.Zero);
            }
        }
    }
}
