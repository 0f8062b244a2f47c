namespace OpsConsole.Core.Logs.Reading;

/// <summary>
/// The API's own answers (entries:list) saved to a file: <c>{"entries":[ … ],"nextPageToken":"…"}</c>. What is around the entries is
/// stepped over, so that they are read like those of an array.
/// </summary>
internal static unsafe class AnswerPages
{
    // What is no answer of an API has its entries, if any, behind more than these.
    private const int MostMembersBefore = 16;

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

    /// <summary>
    /// The same where other members stand before the entries, as in <c>{"nextPageToken":"…","entries":[ … ]}</c> from other clients.
    /// Asked only of objects that are no entries themselves.
    /// </summary>
    /// <param name="p">An opening brace.</param>
    /// <param name="end">End of the buffer.</param>
    internal static byte* OpenLater(byte* p, byte* end)
    {
        for (var members = 0; members < MostMembersBefore && p < end; members++)
        {
            // At the brace, or at the comma behind a member.
            if (Open(p) is var inside && inside != null)
            {
                return inside;
            }

            p = Blanks(p + 1);
            if (*p != '"' || (p = JsonScan.SkipString(p)) == null || *(p = Blanks(p)) != ':')
            {
                return null;
            }

            p = Value(Blanks(p + 1), end);
            if (p == null || *(p = Blanks(p)) != ',')
            {
                return null;
            }
        }

        return null;
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

    private static byte* Value(byte* p, byte* end)
    {
        switch (*p)
        {
            case (byte)'"':
                return JsonScan.SkipString(p);
            case (byte)'{' or (byte)'[':
                return p < end ? JsonScan.SkipContainer(p, end, -1) : null;
            default:
                while (p < end && *p is not ((byte)',' or (byte)'}' or (byte)'\n'))
                {
                    p++;
                }

                return p;
        }
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
