using System.Globalization;
using System.Text;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>Scalars of YAML 1.2, chapters 7.3 and 8.1, over one or several lines.</summary>
internal static class YamlText
{
    /// <summary>Where the colon behind a key stands, or -1 when the text begins with no key.</summary>
    internal static int KeyEnd(ReadOnlySpan<char> text)
    {
        if (text.Length == 0)
        {
            return -1;
        }

        var at = 0;
        if (text[0] is '"' or '\'')
        {
            var quote = text[0];
            for (at = 1; at < text.Length; at++)
            {
                if (text[at] == '\\' && quote == '"')
                {
                    at++;
                }
                else if (text[at] == quote)
                {
                    if (quote == '"' || at + 1 >= text.Length || text[at + 1] != '\'')
                    {
                        break;
                    }

                    at++;
                }
            }

            at++;
            return at < text.Length && text[at] == ':' && (at + 1 == text.Length || text[at + 1] == ' ') ? at : -1;
        }

        if (text[0] is '|' or '>' or '{' or '[')
        {
            return -1;
        }

        for (; at < text.Length; at++)
        {
            if (text[at] == ':' && (at + 1 == text.Length || text[at + 1] == ' '))
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Reads the scalar that begins at a column and moves behind its last line. Lines that go on stand deeper than <paramref name="indent"/>.</summary>
    internal static string Read(List<string> lines, ref int at, int column, int indent) =>
        lines[at][column] switch
        {
            '|' or '>' => Literal(lines, ref at, column, indent),
            '\'' => Quoted(lines, ref at, column, '\''),
            '"' => Quoted(lines, ref at, column, '"'),
            '&' or '*' or '!' or '{' or '[' or '`' or '@' or '%' => throw new FormatException("an anchor, a tag or a flow collection"),
            _ => Plain(lines, ref at, column, indent),
        };

    private static string Plain(List<string> lines, ref int at, int column, int indent)
    {
        var text = new StringBuilder(lines[at][column..].TrimEnd());
        at++;
        Fold(lines, ref at, text, line => IndentOf(line) > indent, line => line.Trim());
        return text.ToString();
    }

    /// <summary>A line break becomes a blank, and n empty lines become n line breaks.</summary>
    private static void Fold(List<string> lines, ref int at, StringBuilder text, Func<string, bool> goesOn, Func<string, string> part)
    {
        while (at < lines.Count)
        {
            var empty = 0;
            while (at + empty < lines.Count && string.IsNullOrWhiteSpace(lines[at + empty]))
            {
                empty++;
            }

            if (at + empty >= lines.Count || !goesOn(lines[at + empty]))
            {
                return;
            }

            at += empty;
            _ = empty == 0 ? text.Append(' ') : text.Append('\n', empty);
            text.Append(part(lines[at]));
            at++;
        }
    }

    private static string Quoted(List<string> lines, ref int at, int column, char quote)
    {
        var text = new StringBuilder();
        var line = lines[at].AsSpan(column + 1);
        while (true)
        {
            if (Part(line, quote, text, out var joins))
            {
                at++;
                return text.ToString();
            }

            var empty = 0;
            at++;
            while (at < lines.Count && string.IsNullOrWhiteSpace(lines[at]))
            {
                empty++;
                at++;
            }

            if (at >= lines.Count)
            {
                throw new FormatException("a quote is not closed");
            }

            if (!joins)
            {
                _ = empty == 0 ? text.Append(' ') : text.Append('\n', empty);
            }

            line = lines[at].AsSpan().TrimStart();
        }
    }

    /// <summary>
    /// Adds a line's part of a quoted scalar; true when the closing quote was in it. A line that ends with a backslash joins
    /// the next one without a blank.
    /// </summary>
    private static bool Part(ReadOnlySpan<char> line, char quote, StringBuilder text, out bool joins)
    {
        joins = false;
        var kept = text.Length;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == quote)
            {
                if (quote == '"' || i + 1 == line.Length || line[i + 1] != '\'')
                {
                    return true;
                }

                i++;
                text.Append('\'');
                kept = text.Length;
            }
            else if (c == '\\' && quote == '"')
            {
                if (i + 1 == line.Length)
                {
                    joins = true;
                    return false;
                }

                i = Escape(line, i + 1, text);
                kept = text.Length;
            }
            else
            {
                text.Append(c);
                if (c is not (' ' or '\t'))
                {
                    kept = text.Length;
                }
            }
        }

        // Blanks before a folded line break do not count.
        text.Length = kept;
        return false;
    }

    private static int Escape(ReadOnlySpan<char> line, int at, StringBuilder text)
    {
        var digits = 0;
        switch (line[at])
        {
            case 'n': text.Append('\n'); break;
            case 't': text.Append('\t'); break;
            case 'r': text.Append('\r'); break;
            case '0': text.Append('\0'); break;
            case 'a': text.Append('\a'); break;
            case 'b': text.Append('\b'); break;
            case 'v': text.Append('\v'); break;
            case 'f': text.Append('\f'); break;
            case 'e': text.Append('\u001b'); break;
            case 'N': text.Append('\u0085'); break;
            case '_': text.Append('\u00a0'); break;
            case 'L': text.Append('\u2028'); break;
            case 'P': text.Append('\u2029'); break;
            case 'x': digits = 2; break;
            case 'u': digits = 4; break;
            case 'U': digits = 8; break;
            default: text.Append(line[at]); break;
        }

        if (digits > 0)
        {
            if (at + digits >= line.Length
                || !int.TryParse(line.Slice(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                throw new FormatException("a broken escape");
            }

            _ = Rune.IsValid(code) ? text.Append(new Rune(code).ToString())
                : throw new FormatException("a broken escape");
        }

        return at + digits;
    }

    // |-  |  |+  |2+, and > the same with folding, which gcloud never writes.
    private static string Literal(List<string> lines, ref int at, int column, int indent)
    {
        var header = lines[at].AsSpan(column).TrimEnd();
        var isFolded = header[0] == '>';
        var chomp = ' ';
        var body = -1;
        foreach (var c in header[1..])
        {
            if (c is '-' or '+')
            {
                chomp = c;
            }
            else if (c is >= '1' and <= '9')
            {
                body = Math.Max(indent, 0) + c - '0';
            }
            else
            {
                throw new FormatException("a broken literal");
            }
        }

        at++;
        var kept = new List<string>();
        while (at < lines.Count)
        {
            var line = lines[at];
            var isEmpty = IndentOf(line) == line.Length;
            if (!isEmpty && body < 0)
            {
                body = IndentOf(line);
            }

            if (!isEmpty && (IndentOf(line) < body || IndentOf(line) <= indent))
            {
                break;
            }

            kept.Add(body >= 0 && line.Length > body ? line[body..] : "");
            at++;
        }

        var trailing = kept.Count;
        while (trailing > 0 && kept[trailing - 1].Length == 0)
        {
            trailing--;
        }

        var text = string.Join(isFolded ? ' ' : '\n', kept.Take(trailing));
        return chomp switch
        {
            '-' => text,
            '+' => text + new string('\n', kept.Count - trailing + (trailing > 0 ? 1 : 0)),
            _ => trailing > 0 ? text + "\n" : "",
        };
    }

    private static int IndentOf(string line)
    {
        var indent = 0;
        while (indent < line.Length && line[indent] == ' ')
        {
            indent++;
        }

        return indent;
    }
}
