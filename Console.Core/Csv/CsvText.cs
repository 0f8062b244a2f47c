namespace OpsConsole.Core.Csv;

/// <summary>Fields of RFC 4180 files that people open in spreadsheets.</summary>
public static class CsvText
{
    /// <summary>
    /// One field. A text that begins with <c>= + - @</c> (their full-width forms too, and whatever blank or invisible stands
    /// before them), a tab or a line break would be run as a formula by spreadsheets, so it gets an apostrophe in front
    /// (https://owasp.org/www-community/attacks/CSV_Injection).
    /// </summary>
    public static string Field(string? value)
    {
        value ??= "";
        var text = value is ['\t' or '\r' or '\n', ..] || IsFormula(value) ? "'" + value : value;
        return text.AsSpan().ContainsAny(",\"\r\n") || text.Length != value.Length
            ? "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : text;
    }

    /// <summary>One line of fields with its line break. Every field is guarded; numbers that we wrote ourselves go through unchanged.</summary>
    public static string Line(params ReadOnlySpan<string?> fields)
    {
        var line = new System.Text.StringBuilder();
        for (var i = 0; i < fields.Length; i++)
        {
            line.Append(i == 0 ? "" : ",").Append(Field(fields[i]));
        }

        return line.Append("\r\n").ToString();
    }

    private static bool IsFormula(string value)
    {
        foreach (var c in value)
        {
            if (c is '=' or '+' or '-' or '@' or '\uff1d' or '\uff0b' or '\uff0d' or '\uff20')
            {
                return true;
            }

            if (!char.IsWhiteSpace(c) && !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)
            {
                return false;
            }
        }

        return false;
    }
}
