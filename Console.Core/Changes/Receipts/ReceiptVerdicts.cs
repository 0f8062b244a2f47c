using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>Verdicts from the receipts that the audit trail holds.</summary>
public sealed class ReceiptVerdicts(ChangeReceipts receipts, ReceiptRules rules) : IChangeVerdicts
{
    /// <summary>After the window and the arrival of the logs, reading them is tried again for a while.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public TimeSpan Within => rules.Window > TimeSpan.Zero ? rules.Window + ReceiptRules.Settle + ReceiptRules.GiveUpAfter + Spare : TimeSpan.Zero;

    /// <inheritdoc />
    public async Task<ChangeVerdict?> FindAsync(ResourceName resource, string changeId, CancellationToken cancellationToken) =>
        (await receipts.OfAsync(resource, cancellationToken)).GetValueOrDefault(changeId) is { } receipt
            ? new ChangeVerdict(receipt.Verdict == ReceiptVerdict.Bad, receipt.Verdict == ReceiptVerdict.Bad ? string.Join(' ', receipt.Because) : receipt.Sentence)
            : null;
}
