using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Events;

/// <content>Strings, numbers, JSON of any shape, and what is said of those that are wrong.</content>
internal ref partial struct EventParsing
{
    // True inside an object; null is the same as absent.
    private bool BeginObject(string field)
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        if (_reader.TokenType != JsonTokenType.Null)
        {
            Problem(field, $"{field} must be an object.");
            _reader.Skip();
        }

        return false;
    }

    // A string of one line; null when absent, empty or wrong.
    private string? Line(string field, int limit, out bool bad)
    {
        var text = Any(field, limit, out bad);
        if (text is null || bad)
        {
            return text;
        }

        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                Problem(field, $"{field} holds the control character U+{(int)c:X4}; remove it.");
                bad = true;
                break;
            }
        }

        return text;
    }

    // A string that may have several lines.
    private string? Text(string field, int limit)
    {
        var text = Any(field, limit, out var bad);
        if (text is null || bad)
        {
            return text;
        }

        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
            {
                Problem(field, $"{field} holds the control character U+{(int)c:X4}; remove it.");
                break;
            }
        }

        return text;
    }

    private string? Any(string field, int limit, out bool bad)
    {
        bad = false;
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        bad = true;
        if (_reader.TokenType != JsonTokenType.String)
        {
            Problem(field, $"{field} must be a string.");
            _reader.Skip();
            return null;
        }

        string text;
        try
        {
            text = _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Problem(field, $"{field} is not valid Unicode: it holds half of a surrogate pair or broken UTF-8.");
            return null;
        }

        if (text.Length > limit && Letters(text) is var letters && letters > limit)
        {
            Problem(field, $"{field} has {letters} characters; at most {limit} are taken.");
            return text;
        }

        bad = false;
        return text.Length == 0 ? null : text;
    }

    // Code points, as PostgreSQL counts them.
    private static int Letters(string text) => text.Length - text.Count(char.IsLowSurrogate);

    private JsonElement? Json(string field)
    {
        _reader.Read();
        var from = (int)_reader.TokenStartIndex;
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        _reader.Skip();
        try
        {
            var element = JsonElement.Parse(_utf8[from..(int)_reader.BytesConsumed], Strict);
            if (JsonWords.WhyUnfit(element) is { } why)
            {
                Problem(field, $"{field} {why}");
            }

            return element;
        }
        catch (JsonException)
        {
            Problem(field, $"{field} has a property twice, or is nested deeper than {AuditEventLimits.Depth} levels.");
            return null;
        }
        catch (InvalidOperationException)
        {
            Problem(field, $"{field} has a property name that is not valid Unicode.");
            return null;
        }
    }

    private void Unknown(string parent, string known)
    {
        string name;
        try
        {
            name = _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            name = "?";
        }

        var field = parent.Length == 0 ? name : $"{parent}.{name}";
        Problem(Shown(field), $"{Shown(field)} is not a property of an event. Known here: {known}. Put anything else into details.");
        _reader.Skip();
    }

    private readonly void Require(object? value, string field, string message)
    {
        if (value is null)
        {
            Problem(field, message);
        }
    }

    private readonly void Problem(string field, string message) => _problems.Add(new AuditEventProblem(field, message));

    private readonly void Problem(string field, FormattableString message) => Problem(field, FormattableString.Invariant(message));

    // What was given, short and harmless enough for a sentence.
    private static string Shown(string text) => string.Create(
        CultureInfo.InvariantCulture, $"{new string([.. text.Take(60).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)])}{(text.Length > 60 ? "…" : "")}");
}
