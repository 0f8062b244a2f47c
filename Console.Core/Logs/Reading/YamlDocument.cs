using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// The part of YAML 1.2 that gcloud's printer writes: block mappings and sequences, plain, quoted and literal scalars, <c>{}</c> and
/// <c>[]</c>, keys after <c>?</c>. No anchors, tags or flow collections.
/// </summary>
internal sealed class YamlDocument(List<string> lines)
{
    private const int DeepestNesting = 100;
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eE");
    private int _at;
    private int _depth;

    /// <summary>Writes the document as JSON.</summary>
    /// <exception cref="FormatException">It is none of that part of YAML.</exception>
    public void WriteTo(Utf8JsonWriter to)
    {
        SkipEmpty();
        Block(to, Indent());
        SkipEmpty();
        if (_at < lines.Count)
        {
            throw new FormatException("text behind the entry");
        }
    }

    private int Indent() => _at < lines.Count ? IndentOf(lines[_at]) : -1;

    private static int IndentOf(string line)
    {
        var indent = 0;
        while (indent < line.Length && line[indent] == ' ')
        {
            indent++;
        }

        return indent;
    }

    private void SkipEmpty()
    {
        while (_at < lines.Count && string.IsNullOrWhiteSpace(lines[_at]))
        {
            _at++;
        }
    }

    private void Block(Utf8JsonWriter to, int indent)
    {
        if (++_depth > DeepestNesting)
        {
            throw new FormatException("nested too deeply");
        }

        if (IsDash(indent))
        {
            Sequence(to, indent);
        }
        else
        {
            Mapping(to, indent);
        }

        _depth--;
    }

    private bool IsDash(int indent) =>
        _at < lines.Count && Indent() == indent && lines[_at].AsSpan(indent) is ['-'] or ['-', ' ', ..];

    private void Sequence(Utf8JsonWriter to, int indent)
    {
        to.WriteStartArray();
        while (IsDash(indent))
        {
            var item = lines[_at].AsSpan(indent + 1).TrimStart(' ');
            var column = lines[_at].Length - item.Length;
            if (item.Length == 0)
            {
                _at++;
                Nested(to, indent);
            }
            else if (item is ['-'] or ['-', ' ', ..] || IsKey(item))
            {
                // A collection that begins on the dash's line: as if the dash were a blank.
                lines[_at] = new string(' ', column) + item.ToString();
                Block(to, column);
            }
            else
            {
                Scalar(to, column, indent);
            }

            SkipEmpty();
        }

        to.WriteEndArray();
    }

    private void Mapping(Utf8JsonWriter to, int indent)
    {
        to.WriteStartObject();
        while (_at < lines.Count && Indent() == indent && !IsDash(indent))
        {
            var column = Key(to, indent);
            if (column < 0)
            {
                _at++;
                SkipEmpty();
                if (IsDash(indent))
                {
                    // A sequence may stand as deep as its key.
                    Block(to, indent);
                }
                else
                {
                    Nested(to, indent);
                }
            }
            else
            {
                Scalar(to, column, indent);
            }

            SkipEmpty();
        }

        to.WriteEndObject();
    }

    private void Nested(Utf8JsonWriter to, int indent)
    {
        SkipEmpty();
        if (Indent() > indent)
        {
            Block(to, Indent());
        }
        else
        {
            to.WriteNullValue();
        }
    }

    /// <summary>Writes the key of the line and returns where its value begins, or -1 when the value is on the next lines.</summary>
    private int Key(Utf8JsonWriter to, int indent)
    {
        var line = lines[_at];
        if (line.AsSpan(indent).StartsWith("? "))
        {
            // ? "multi\nline"
            // : 4
            to.WritePropertyName(YamlText.Read(lines, ref _at, indent + 2, indent));
            SkipEmpty();
            if (Indent() != indent || lines[_at][indent] != ':')
            {
                throw new FormatException("a key without a value");
            }

            return ValueColumn(lines[_at], indent + 1);
        }

        var end = YamlText.KeyEnd(line.AsSpan(indent));
        if (end < 0)
        {
            throw new FormatException("a line without a key");
        }

        var at = _at;
        var single = new List<string> { line[..(indent + end)] };
        var zero = 0;
        to.WritePropertyName(YamlText.Read(single, ref zero, indent, indent));
        _at = at;
        return ValueColumn(line, indent + end + 1);
    }

    private static int ValueColumn(string line, int after)
    {
        while (after < line.Length && line[after] == ' ')
        {
            after++;
        }

        return after == line.Length ? -1 : after;
    }

    private static bool IsKey(ReadOnlySpan<char> text) => YamlText.KeyEnd(text) >= 0 || text.StartsWith("? ");

    private void Scalar(Utf8JsonWriter to, int column, int indent)
    {
        var text = lines[_at].AsSpan(column).TrimEnd();
        var isPlain = text[0] is not ('"' or '\'' or '|' or '>');
        switch (text)
        {
            case "{}":
                to.WriteStartObject();
                to.WriteEndObject();
                _at++;
                return;
            case "[]":
                to.WriteStartArray();
                to.WriteEndArray();
                _at++;
                return;
        }

        var value = YamlText.Read(lines, ref _at, column, indent);
        if (!isPlain)
        {
            to.WriteStringValue(value);
        }
        else if (value is "true" or "false")
        {
            to.WriteBooleanValue(value == "true");
        }
        else if (value is "null" or "~")
        {
            to.WriteNullValue();
        }
        else if (IsNumber(value))
        {
            to.WriteRawValue(value, skipInputValidation: false);
        }
        else
        {
            to.WriteStringValue(value);
        }
    }

    // -5, 2.5, 1e+300, 123456789012345678901234567890. What YAML takes for a number and JSON does not (.inf, 0x1f) stays text.
    private static bool IsNumber(string text)
    {
        if (text.Length > 400 || (text[0] != '-' && !char.IsAsciiDigit(text[0])) || text.AsSpan().ContainsAnyExcept(NumberCharacters))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            return reader.Read() && reader.TokenType == JsonTokenType.Number && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
