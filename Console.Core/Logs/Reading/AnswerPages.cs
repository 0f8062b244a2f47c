namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// The API's own answers (entries:list) saved to a file: <c>{"entries":[ … ],"nextPageToken":"…"}</c>. What is around the entries is
/// stepped over, so that they are read like those of an array.
/// </summary>
internal static unsafe class AnswerPages
{
    /// <summary>The byte behind the bracket when an answer begins here, else null.</summary>
    internal static byte* Open(byte* p)
    {
        p = Blanks(p + 1);
        if (*p != '"' || !new ReadOnlySpan<byte>(p, 9).SequenceEqual("\"entries\""u8))
        {
            return null;
        }

        p = Blanks(p + 9);
        if (*p != ':')
        {
            return null;
        }

        p = Blanks(p + 1);
        return *p == '[' ? p + 1 : null;
    }

    /// <summary>The byte behind an answer's end, with or without a page token, when one stands here, else null.</summary>
    internal static byte* Close(byte* p)
    {
        if (*p == '"' && new ReadOnlySpan<byte>(p, 15).SequenceEqual("\"nextPageToken\""u8))
        {
            p = Blanks(p + 15);
            if (*p != ':')
            {
                return null;
            }

            p = Blanks(p + 1);
            if (*p != '"')
            {
                return null;
            }

            p = JsonScan.SkipString(p);
            if (p == null)
            {
                return null;
            }

            p = Blanks(p);
        }

        return *p == '}' ? p + 1 : null;
    }

    private static byte* Blanks(byte* p)
    {
        while (*p is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            p++;
        }

        return p;
    }
}
