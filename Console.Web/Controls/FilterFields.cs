using System.Globalization;

namespace OpsConsole.Web.Controls;

/// <summary>
/// The one place that decides whether a row matches a filter: the table, the counts and the selection ask it alike.
/// Terms must all hold, except that plain terms of the same qualifier are alternatives (<c>region:a region:b</c>).
/// </summary>
/// <typeparam name="TRow">What is filtered.</typeparam>
/// <param name="fields">The qualifiers.</param>
/// <param name="freeText">Where words without a qualifier are looked for.</param>
public sealed class FilterFields<TRow>(IReadOnlyList<FilterField<TRow>> fields, Func<TRow, IEnumerable<string>> freeText)
{
    /// <summary>The qualifiers, in the order in which they are explained.</summary>
    public IReadOnlyList<FilterField<TRow>> All { get; } = fields;

    /// <summary>Rows that match.</summary>
    public IEnumerable<TRow> Where(IEnumerable<TRow> rows, FilterQuery query) => rows.Where(row => Matches(row, query));

    /// <summary>True when a row matches.</summary>
    public bool Matches(TRow row, FilterQuery query)
    {
        foreach (var group in query.Terms.GroupBy(static t => (t.Key, IsAlternative: t is { Key.Length: > 0, Negated: false, Operator: FilterOperator.Has or FilterOperator.Is })))
        {
            if (group.Key.IsAlternative ? !group.Any(t => Holds(row, t)) : group.Any(t => Holds(row, t) == t.Negated))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What of a query asks for nothing that exists, each in a sentence.</summary>
    public IReadOnlyList<string> Problems(FilterQuery query)
    {
        var problems = new List<string>();
        foreach (var term in query.Terms.Where(static t => t.Key.Length > 0))
        {
            if (Find(term.Key) is not { } field)
            {
                problems.Add($"There is no qualifier {term.Key}:. Known: {string.Join(" ", All.Select(static f => f.Key + ":"))}");
            }
            else if (term.Operator is not (FilterOperator.Has or FilterOperator.Is) && (field.Number is null || !TryNumber(term.Value, out _)))
            {
                problems.Add(field.Number is null ? $"{term.Key}: is not a number and cannot be compared." : $"{term.Key}: needs a number after the sign, for example {term.Key}:>0.");
            }
        }

        return problems;
    }

    private FilterField<TRow>? Find(string key) => All.FirstOrDefault(f => f.Key == key);

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && !double.IsNaN(number);

    private bool Holds(TRow row, FilterTerm term)
    {
        if (term.Key.Length == 0)
        {
            return freeText(row).Any(text => text.Contains(term.Value, StringComparison.OrdinalIgnoreCase));
        }

        if (Find(term.Key) is not { } field)
        {
            return false;
        }

        // A number is compared as a number: min:1 is not min:10.
        if (field.Number is not null && TryNumber(term.Value, out var wanted))
        {
            return field.Number(row) is { } number && term.Operator switch
            {
                FilterOperator.Greater => number > wanted,
                FilterOperator.AtLeast => number >= wanted,
                FilterOperator.Less => number < wanted,
                FilterOperator.AtMost => number <= wanted,
                _ => number.Equals(wanted),
            };
        }

        return term.Operator switch
        {
            FilterOperator.Has => field.Texts(row).Any(text => text.Contains(term.Value, StringComparison.OrdinalIgnoreCase)),
            FilterOperator.Is => field.Texts(row).Any(text => text.Equals(term.Value, StringComparison.OrdinalIgnoreCase)),
            _ => false,
        };
    }
}
