namespace OpsConsole.Web.Controls;

/// <summary>Long ids shortened in the middle, because their ends tell them apart.</summary>
public static class ShortText
{
    /// <summary>At most <paramref name="length"/> characters, with <c>…</c> in the middle.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="length">Longest result, at least 3.</param>
    public static string Middle(string text, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 3);
        if (text.Length <= length)
        {
            return text;
        }

        var tail = (length - 1) / 2;
        var head = length - 1 - tail;

        // A surrogate pair is not cut in two: its halves are not characters.
        if (char.IsHighSurrogate(text[head - 1]))
        {
            head--;
        }

        var from = text.Length - tail;
        if (char.IsLowSurrogate(text[from]))
        {
            from++;
        }

        return $"{text[..head]}…{text[from..]}";
    }
}
