using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Changes.Running;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>
/// The event of a receipt, and reading it back. Its id is the intent's with a suffix: two consoles that make the same receipt leave
/// one in the trail.
/// </summary>
internal sealed class ReceiptEvents(TimeProvider time)
{
    private const string Suffix = ".receipt";
    private readonly ActEvents _acts = new(time);

    /// <summary>The event. The actor is the console.</summary>
    public AuditEvent Of(ChangeRun run, Receipt receipt)
    {
        var outcome = receipt.Verdict switch
        {
            ReceiptVerdict.Good => AuditOutcome.Success,
            ReceiptVerdict.Bad => AuditOutcome.Failure,
            _ => AuditOutcome.Unknown,
        };
        return _acts.OfSystem(AuditActions.ChangeReceipt, outcome, run.Resource.Project) with
        {
            Id = run.Id + Suffix,
            Resource = ChangeEvents.ResourceOf(run.Resource),
            Reason = receipt.Sentence,
            Details = ReceiptJson.Details(receipt),
        };
    }

    /// <summary>Reads a record; null for one that is no receipt of the console.</summary>
    public static Receipt? Read(AuditRecord record) =>
        record.Event is { Action: AuditActions.ChangeReceipt } found && record.Position.Via == AuditVia.Console && ReceiptJson.Read(found.Details) is { } receipt
            ? receipt with { MadeAt = found.Time }
            : null;
}
