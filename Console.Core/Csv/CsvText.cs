namespace OpsConsole.Core.Csv;

/// <summary>Fields of RFC 4180 files that people open in spreadsheets.</summary>
public static class CsvText
{
    /// <summary>
    /// One field. A text that begins with <c>= + - @</c>, a tab or a line break would be run as a formula by
    /// spreadsheets, so it gets an apostrophe in front
    /// (https://owasp.org/www-community/attacks/CSV_Injection).
    /// </summary>
    public static string Field(string? value)
    {
        value ??= "";
        var text = value is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + value : value;
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
}
