using System.Globalization;
using OpsConsole.Core.AuditTrail.Search;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>The words that free text finds against the event: a search finds what was sealed, and nothing else.</summary>
internal sealed class WordsCheck(LedgerCursor rows, Findings findings, long indexed) : LeafCheck(rows, findings)
{
    /// <summary>The event that the leaf and its disclosures make; null when they do not.</summary>
    public AuditEvent? Event { get; set; }

    /// <summary>True when something of it was erased: the words may then be fewer, and never others.</summary>
    public bool IsErased { get; set; }

    /// <inheritdoc />
    protected override void Compare(LeafAt leaf)
    {
        if (Event is not { } e)
        {
            return;
        }

        var expected = AuditSearchWords.Of(e);
        var found = Rows.Text(1) ?? "";
        if (!string.Equals(found, string.Join(' ', expected), StringComparison.Ordinal))
        {
            var here = found.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (IsErased && !here.Except(expected, StringComparer.Ordinal).Any())
            {
                return;
            }

            Findings.Add(leaf.Problem(
                VerifyProblemKind.SearchChanged,
                string.Create(CultureInfo.InvariantCulture, $"Free text finds the event at index {leaf.Index} by other words than it holds."),
                Some(expected.Except(here, StringComparer.Ordinal)),
                Some(here.Except(expected, StringComparer.Ordinal))));
        }
    }

    /// <inheritdoc />
    protected override void Missing(LeafAt leaf)
    {
        if (leaf.Facts.Type == LeafType.Event && leaf.Index < indexed)
        {
            Findings.Add(
                leaf.Problem(VerifyProblemKind.SearchMissing, string.Create(CultureInfo.InvariantCulture, $"The event at index {leaf.Index} is sealed, and free text cannot find it: its words are gone.")),
                static (first, last) => string.Create(CultureInfo.InvariantCulture, $"The events at indices {first} to {last} are sealed, and free text cannot find them: their words are gone."));
        }
    }

    /// <inheritdoc />
    protected override void Stray() => Findings.Add(new VerifyProblem
    {
        Kind = VerifyProblemKind.SearchUnexpected,
        Sentence = string.Create(CultureInfo.InvariantCulture, $"Free text finds an event at index {Rows.Key} that was never sealed."),
        Index = Rows.Key,
    });

    private static string? Some(IEnumerable<string> words) => string.Join(' ', words.Take(20)) is { Length: > 0 } text ? text : null;
}
