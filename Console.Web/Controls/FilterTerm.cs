namespace OpsConsole.Web.Controls;

/// <summary>One term of a filter.</summary>
/// <param name="Key">Qualifier in lower case; empty for free text.</param>
/// <param name="Operator">How it compares; free text always <see cref="FilterOperator.Has"/>.</param>
/// <param name="Value">What it compares with, without quotes.</param>
/// <param name="Negated">True with a <c>-</c> before it.</param>
public sealed record FilterTerm(string Key, FilterOperator Operator, string Value, bool Negated)
{
    /// <summary>As typed.</summary>
    public override string ToString()
    {
        var sign = Operator switch
        {
            FilterOperator.Greater => ">",
            FilterOperator.AtLeast => ">=",
            FilterOperator.Less => "<",
            FilterOperator.AtMost => "<=",
            FilterOperator.Is => "=",
            _ => "",
        };
        return (Negated ? "-" : "") + (Key.Length > 0 ? $"{Key}:{sign}" : "") + Quote(Value);
    }

    // Quoted where a bare word would be read otherwise: blanks, a colon (a qualifier), a leading sign, nothing at all.
    private static string Quote(string value) =>
        value.Length > 0 && value[0] is not ('-' or '<' or '>' or '=') && !value.Any(static c => char.IsWhiteSpace(c) || c is '"' or '\\' or ':')
            ? value
            : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
