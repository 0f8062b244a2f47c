using System.Globalization;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>The list of void numbers against the leaves that declare them.</summary>
internal sealed class GapCheck(LedgerCursor rows, Findings findings) : LeafCheck(rows, findings)
{
    /// <summary>What the list says of a leaf, which is next to come; null when nothing.</summary>
    public (long From, long To)? Range(long index) => Rows.Key == index ? (Rows.Number(1), Rows.Number(2)) : null;

    /// <inheritdoc />
    protected override void Compare(LeafAt leaf)
    {
        if (leaf.Facts.Type != LeafType.Void)
        {
            Stray();
        }
        else if (Rows.Number(1) != leaf.Facts.Number || Rows.Number(2) != leaf.Facts.LastNumber)
        {
            Findings.Add(leaf.Problem(
                VerifyProblemKind.GapChanged,
                string.Create(CultureInfo.InvariantCulture, $"The list of void numbers says something else than leaf {leaf.Index}."),
                string.Create(CultureInfo.InvariantCulture, $"{leaf.Facts.Number} to {leaf.Facts.LastNumber}"),
                string.Create(CultureInfo.InvariantCulture, $"{Rows.Number(1)} to {Rows.Number(2)}")));
        }
    }

    /// <inheritdoc />
    protected override void Missing(LeafAt leaf)
    {
        if (leaf.Facts.Type == LeafType.Void)
        {
            Findings.Add(leaf.Problem(
                VerifyProblemKind.GapChanged, string.Create(CultureInfo.InvariantCulture, $"The list of void numbers lacks those that leaf {leaf.Index} declares.")));
        }
    }

    /// <inheritdoc />
    protected override void Stray() => Findings.Add(new VerifyProblem
    {
        Kind = VerifyProblemKind.GapChanged,
        Sentence = string.Create(CultureInfo.InvariantCulture, $"The list of void numbers names {Rows.Number(1)} to {Rows.Number(2)} by leaf {Rows.Key}, which declares nothing void."),
        Index = Rows.Key,
    });
}
