using System.Globalization;
using System.Text;

namespace OpsConsole.Web.Simulator.Logging.Filter;

/// <summary>Cuts a filter into tokens. Comments (<c>-- to the end of the line</c>) and white space go.</summary>
internal sealed class FilterLexer(string source)
{
    private readonly List<Token> tokens = [];
    private int at;
    private int line = 1;
    private int lineStart;

    public static IReadOnlyList<Token> Read(string source) => new FilterLexer(source).Run();

    private List<Token> Run()
    {
        var spaceBefore = true;
        while (at < source.Length)
        {
            var c = source[at];
            if (char.IsWhiteSpace(c))
            {
                NewLine(c);
                at++;
                spaceBefore = true;
            }
            else if (c == '-' && Peek(1) == '-')
            {
                while (at < source.Length && source[at] != '\n')
                {
                    at++;
                }
            }
            else
            {
                Next(c, !spaceBefore);
                spaceBefore = false;
            }
        }

        tokens.Add(new Token(TokenKind.End, "", [], line, at - lineStart + 1, "", false));
        return tokens;
    }

    private void Next(char c, bool adjacent)
    {
        var start = at;
        switch (c)
        {
            case '(':
                Add(TokenKind.Open, start, 1, adjacent);
                break;
            case ')':
                Add(TokenKind.Close, start, 1, adjacent);
                break;
            case ',':
                Add(TokenKind.Comma, start, 1, adjacent);
                break;
            case '=' when Peek(1) == '~':
            case '!' when Peek(1) is '=' or '~':
            case '<' or '>' when Peek(1) == '=':
                Add(TokenKind.Operator, start, 2, adjacent);
                break;
            case '=' or '<' or '>' or ':':
                Add(TokenKind.Operator, start, 1, adjacent);
                break;
            case '"' or '\'':
                Quoted(adjacent);
                break;
            case '-' when !AfterOperator():
                Add(TokenKind.Minus, start, 1, adjacent);
                break;
            default:
                Bare(adjacent);
                break;
        }
    }

    private bool AfterOperator() => tokens.Count > 0 && tokens[^1].Kind == TokenKind.Operator;

    private char Peek(int ahead) => at + ahead < source.Length ? source[at + ahead] : '\0';

    private void NewLine(char c)
    {
        if (c == '\n')
        {
            line++;
            lineStart = at + 1;
        }
    }

    private void Add(TokenKind kind, int start, int length, bool adjacent)
    {
        var text = source.Substring(start, length);
        tokens.Add(new Token(kind, text, [], line, start - lineStart + 1, text, adjacent));
        at = start + length;
    }

    private void Quoted(bool adjacent)
    {
        var (start, startLine, column) = (at, line, at - lineStart + 1);
        var text = ReadQuoted();
        tokens.Add(new Token(TokenKind.Quoted, text, [text], startLine, column, source[start..at], adjacent));
    }

    /// <summary>Reads <c>"a \"b\" \u00e9"</c>; an unknown escape stands for itself, so that regular expressions keep their backslashes.</summary>
    private string ReadQuoted()
    {
        var (quote, startLine, column) = (source[at++], line, at - lineStart);
        var text = new StringBuilder();
        while (at < source.Length && source[at] != quote)
        {
            if (source[at] == '\\' && at + 1 < source.Length)
            {
                at++;
                Escape(text);
            }
            else
            {
                NewLine(source[at]);
                text.Append(source[at++]);
            }
        }

        if (at >= source.Length)
        {
            throw FilterSyntaxException.At(new Token(TokenKind.Quoted, "", [], startLine, column, quote.ToString(), false));
        }

        at++;
        return text.ToString();
    }

    private void Escape(StringBuilder text)
    {
        var c = source[at++];
        switch (c)
        {
            case '"' or '\'' or '\\':
                text.Append(c);
                break;
            case 'n':
                text.Append('\n');
                break;
            case 't':
                text.Append('\t');
                break;
            case 'r':
                text.Append('\r');
                break;
            case 'u' when at + 4 <= source.Length
                && ushort.TryParse(source.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                text.Append((char)code);
                at += 4;
                break;
            default:
                text.Append('\\').Append(c);
                break;
        }
    }

    private void Bare(bool adjacent)
    {
        var (start, startLine, column) = (at, line, at - lineStart + 1);
        var segments = new List<string>();
        var segment = new StringBuilder();
        while (at < source.Length && IsBare(source[at]))
        {
            if (source[at] != '.')
            {
                segment.Append(source[at++]);
                continue;
            }

            at++;
            segments.Add(segment.ToString());
            segment.Clear();

            // labels."run.googleapis.com/execution_name": a quoted part is one segment whatever it holds.
            if (Peek(0) is '"' or '\'')
            {
                segment.Append(ReadQuoted());
            }
        }

        if (at == start)
        {
            throw FilterSyntaxException.At(new Token(TokenKind.Text, "", [], startLine, column, source[at].ToString(), false));
        }

        segments.Add(segment.ToString());
        var raw = source[start..at];
        tokens.Add(new Token(TokenKind.Text, raw, [.. segments], startLine, column, raw, adjacent));
    }

    private static bool IsBare(char c) => !char.IsWhiteSpace(c) && c is not ('(' or ')' or ',' or '=' or '<' or '>' or ':' or '!' or '"' or '\'' or '~');
}
