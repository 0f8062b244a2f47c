using System.Globalization;
using OpsConsole.Core.AuditTrail.Events;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>The columns that people search by against the leaves: what a list shows is what was sealed, and nothing sealed is hidden from it.</summary>
/// <param name="rows">Rows of the search table.</param>
/// <param name="findings">Where problems go.</param>
/// <param name="indexed">Behind the last leaf that is indexed: later ones may still be on their way.</param>
/// <param name="lateBefore">Leaves that were sealed before this moment, in microseconds, must be indexed.</param>
internal sealed class SearchCheck(LedgerCursor rows, Findings findings, long indexed, long lateBefore) : LeafCheck(rows, findings)
{
    private const int Number = 1;
    private const int SealedAt = 2;
    private const int EventTime = 3;
    private const int RecordedAt = 4;
    private static readonly (int Column, LeafSlot Slot)[] Texts =
    [
        (5, LeafSlot.Workspace), (6, LeafSlot.Id), (7, LeafSlot.TraceId), (8, LeafSlot.ActorRef), (9, LeafSlot.Action), (10, LeafSlot.Outcome),
        (11, LeafSlot.ResourceType), (12, LeafSlot.ResourceId), (13, LeafSlot.SourceService), (14, LeafSlot.Via),
    ];

    private long _waiting;

    /// <inheritdoc />
    protected override void Compare(LeafAt leaf)
    {
        var facts = leaf.Facts;
        if (facts.Type != LeafType.Event)
        {
            Stray();
            return;
        }

        CompareNumber(leaf, Number, facts.Number);
        CompareTime(leaf, SealedAt, leaf.SealedAt);
        CompareTime(leaf, EventTime, facts.Time);
        CompareTime(leaf, RecordedAt, facts.RecordedAt);
        foreach (var (column, slot) in Texts)
        {
            if (!facts.Is(leaf.Bytes, slot, Rows.IsNull(column), Rows.Bytes(column)))
            {
                Different(leaf, column, leaf.Text(slot) ?? "nothing", Rows.Text(column) ?? "nothing");
            }
        }
    }

    /// <inheritdoc />
    protected override void Missing(LeafAt leaf)
    {
        if (leaf.Facts.Type != LeafType.Event)
        {
            return;
        }

        if (leaf.Index >= indexed && leaf.SealedAt >= lateBefore)
        {
            _waiting++;
            return;
        }

        Findings.Add(
            leaf.Problem(VerifyProblemKind.SearchMissing, string.Create(CultureInfo.InvariantCulture, $"The event at index {leaf.Index} is sealed, and the search cannot find it: its row is gone.")),
            static (first, last) => string.Create(CultureInfo.InvariantCulture, $"The events at indices {first} to {last} are sealed, and the search cannot find them: their rows are gone."));
    }

    /// <inheritdoc />
    protected override void Stray() => Findings.Add(new VerifyProblem
    {
        Kind = VerifyProblemKind.SearchUnexpected,
        Sentence = string.Create(CultureInfo.InvariantCulture, $"The search shows an event at index {Rows.Key} that was never sealed."),
        Index = Rows.Key,
        Workspace = Rows.Text(5),
        EventId = Rows.Text(6),
    });

    /// <inheritdoc />
    protected override void Ended()
    {
        if (_waiting > 0)
        {
            Findings.Note(string.Create(CultureInfo.InvariantCulture, $"{_waiting} of the newest events are sealed and not searchable yet."));
        }
    }

    /// <summary>Microseconds as a time, or as they are where no calendar has them.</summary>
    internal static string Print(long microseconds) =>
        microseconds is < -62_135_596_800_000_000 or > 253_402_300_799_999_999
            ? microseconds.ToString(CultureInfo.InvariantCulture)
            : AuditTime.Print(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));

    private void CompareNumber(LeafAt leaf, int column, long expected)
    {
        if (Rows.Number(column) != expected)
        {
            Different(leaf, column, expected.ToString(CultureInfo.InvariantCulture), Rows.Number(column).ToString(CultureInfo.InvariantCulture));
        }
    }

    private void CompareTime(LeafAt leaf, int column, long expected)
    {
        if (Rows.Number(column) != expected)
        {
            Different(leaf, column, Print(expected), Print(Rows.Number(column)));
        }
    }

    private void Different(LeafAt leaf, int column, string expected, string found)
    {
        var name = LedgerTables.Columns(LedgerTable.Search)[column].Name;
        Findings.Add(leaf.Problem(
            VerifyProblemKind.SearchChanged,
            string.Create(CultureInfo.InvariantCulture, $"The search shows another {name} for the event at index {leaf.Index} than was sealed."),
            expected,
            found));
    }
}
