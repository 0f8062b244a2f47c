using System.Text;

namespace OpsConsole.Web.Controls;

/// <summary>
/// The text of a filter box as terms: <c>region:europe -billing:request min:&gt;0 label:"team:pay" checkout</c>.
/// Reading what <see cref="ToString"/> printed gives the same terms. Nothing is ever an error: half-typed text is text.
/// </summary>
public sealed class FilterQuery
{
    private FilterQuery(IReadOnlyList<FilterTerm> terms) => Terms = terms;

    /// <summary>No terms: everything matches.</summary>
    public static FilterQuery Empty { get; } = new([]);

    /// <summary>In the order typed.</summary>
    public IReadOnlyList<FilterTerm> Terms { get; }

    /// <summary>From terms.</summary>
    public static FilterQuery Of(IEnumerable<FilterTerm> terms) => new([.. terms]);

    /// <summary>From text.</summary>
    public static FilterQuery Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Empty;
        }

        var terms = new List<FilterTerm>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at >= text.Length)
            {
                return new FilterQuery(terms);
            }

            if (ReadTerm(text, ref at) is { } term)
            {
                terms.Add(term);
            }
        }
    }

    /// <summary>The terms in one spelling.</summary>
    public override string ToString() => string.Join(' ', Terms);

    // -region:europe-west1 | min:>=2 | label:"team:pay" | "two words" | word
    private static FilterTerm? ReadTerm(string text, ref int at)
    {
        var negated = text[at] == '-' && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);
        if (negated)
        {
            at++;
        }

        var key = ReadKey(text, ref at);
        var @operator = key.Length > 0 ? ReadOperator(text, ref at) : FilterOperator.Has;
        var value = ReadValue(text, ref at, out var quoted);

        // "region:" alone is half typed and asks for nothing yet.
        return value.Length == 0 && !quoted ? null : new FilterTerm(key, @operator, value, negated);
    }

    private static string ReadKey(string text, ref int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.'))
        {
            end++;
        }

        if (end == at || end >= text.Length || text[end] != ':')
        {
            return "";
        }

        var key = text[at..end].ToLowerInvariant();
        at = end + 1;
        return key;
    }

    private static FilterOperator ReadOperator(string text, ref int at)
    {
        foreach (var (sign, @operator) in (ReadOnlySpan<(string, FilterOperator)>)
            [(">=", FilterOperator.AtLeast), ("<=", FilterOperator.AtMost), (">", FilterOperator.Greater), ("<", FilterOperator.Less), ("=", FilterOperator.Is)])
        {
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0)
            {
                at += sign.Length;
                return @operator;
            }
        }

        return FilterOperator.Has;
    }

    private static string ReadValue(string text, ref int at, out bool quoted)
    {
        var value = new StringBuilder();
        quoted = at < text.Length && text[at] == '"';
        if (!quoted)
        {
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                value.Append(text[at++]);
            }

            return value.ToString();
        }

        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            value.Append(text[at]);
        }

        at++;
        return value.ToString();
    }
}
