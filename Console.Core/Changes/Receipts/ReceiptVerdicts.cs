using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>Verdicts from the receipts that the audit trail holds.</summary>
public sealed class ReceiptVerdicts(ChangeReceipts receipts, ReceiptRules rules) : IChangeVerdicts
{
    /// <inheritdoc />
    public bool AreMade => rules.Window > TimeSpan.Zero;

    /// <inheritdoc />
    public async Task<ChangeVerdict?> FindAsync(ResourceName resource, string changeId, CancellationToken cancellationToken) =>
        (await receipts.OfAsync(resource, cancellationToken)).GetValueOrDefault(changeId) is { } receipt
            ? new ChangeVerdict(receipt.Verdict == ReceiptVerdict.Bad, receipt.Verdict == ReceiptVerdict.Bad ? string.Join(' ', receipt.Because) : receipt.Sentence)
            : null;
}
