using System.Globalization;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>What is remembered of anchors against the checkpoints that are kept: a checkpoint that counts as anchored and is not is never sent.</summary>
internal static class AnchorCheck
{
    private const int Name = 1;
    private const int At = 2;
    private const int SignedAt = 3;
    private static readonly long Tolerance = TimeSpan.FromSeconds(5).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Compares.</summary>
    /// <param name="snapshot">The tables.</param>
    /// <param name="findings">Where problems go.</param>
    /// <param name="outside">Which folders were read; it is told what they should hold.</param>
    /// <param name="latest">No time can be later, in microseconds.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task RunAsync(ILedgerSnapshot snapshot, Findings findings, OutsideRoots outside, long latest, CancellationToken cancellationToken)
    {
        await using var anchors = await LedgerCursor.StartAsync(snapshot, LedgerTable.Anchor, long.MinValue, long.MaxValue, cancellationToken);
        await using var checkpoints = await LedgerCursor.StartAsync(snapshot, LedgerTable.Checkpoint, long.MinValue, long.MaxValue, cancellationToken);
        for (; anchors.HasRow; await anchors.MoveAsync())
        {
            while (checkpoints.Key < anchors.Key)
            {
                await checkpoints.MoveAsync();
            }

            if (checkpoints.Key != anchors.Key)
            {
                Wrong(anchors, findings, "there is no such checkpoint.");
            }
            else if (anchors.Number(At) < checkpoints.Number(SignedAt) - Tolerance || anchors.Number(At) > latest)
            {
                Wrong(anchors, findings, "its time lies before the checkpoint was signed, or in the future.");
            }
            else
            {
                outside.Remember(anchors.Text(Name) ?? "", anchors.Key);
            }
        }

        await new TableCounts(snapshot, findings).CheckAsync(LedgerTable.Anchor, anchors.Count, cancellationToken);
    }

    private static void Wrong(LedgerCursor anchor, Findings findings, string why) => findings.Add(new VerifyProblem
    {
        Kind = VerifyProblemKind.AnchorChanged,
        Sentence = string.Create(CultureInfo.InvariantCulture, $"It is remembered that the checkpoint of size {anchor.Key} is in the anchor {anchor.Text(Name)}: {why}"),
        Index = anchor.Key > 0 ? anchor.Key - 1 : null,
    });
}
