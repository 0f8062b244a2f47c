using System.Text;

namespace OpsConsole.Web.BackgroundActivity;

/// <summary>Makes the text of a log line fit to be shown. Encoding for HTML is Blazor's part; this removes what would mislead.</summary>
public static class LogText
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';
    private const char Unreadable = '\ufffd';

    /// <summary>
    /// Removes ANSI sequences (<c>ESC [ 31 m</c>, and operating-system commands such as hyperlinks), and shows other control
    /// characters and those that turn the direction of writing as U+FFFD, so that a line cannot pretend to be another.
    /// Line breaks and tabs stay.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.Any(IsMisleading))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == Escape)
            {
                at = AfterSequence(text, at);
                continue;
            }

            if (c != '\r' || (at + 1 < text.Length && text[at + 1] != '\n'))
            {
                clean.Append(c is '\n' or '\t' ? c : IsMisleading(c) ? Unreadable : c);
            }

            at++;
        }

        return clean.ToString();
    }

    /// <summary>The first line that is not blank, cut to a number of characters, for table cells.</summary>
    public static string FirstLine(string text, int limit = 200)
    {
        var clean = Clean(text).AsSpan().Trim();
        var end = clean.IndexOf('\n');
        var line = end < 0 ? clean : clean[..end].TrimEnd();
        if (line.Length <= limit)
        {
            return line.ToString();
        }

        // Do not cut a surrogate pair in two.
        var cut = char.IsHighSurrogate(line[limit - 1]) ? limit - 1 : limit;
        return string.Concat(line[..cut], "…");
    }

    private static bool IsMisleading(char c) =>
        (c < ' ' && c is not ('\n' or '\t' or '\r')) || c is (>= '\u007f' and <= '\u009f')
        || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f' or '\u061c' or '\u2028' or '\u2029' or '\r';

    /// <summary>Where the text goes on after an escape sequence (ECMA-48: CSI ends at 0x40–0x7E, OSC at BEL or ESC \).</summary>
    private static int AfterSequence(string text, int start)
    {
        var at = start + 1;
        if (at >= text.Length)
        {
            return at;
        }

        switch (text[at])
        {
            case '[':
                at++;
                while (at < text.Length && text[at] is >= ' ' and <= '?')
                {
                    at++;
                }

                return Math.Min(at + 1, text.Length);
            case ']':
                for (at++; at < text.Length; at++)
                {
                    if (text[at] == Bell)
                    {
                        return at + 1;
                    }

                    if (text[at] == Escape)
                    {
                        return Math.Min(at + 2, text.Length);
                    }
                }

                return at;
            default:
                return at + 1;
        }
    }
}
