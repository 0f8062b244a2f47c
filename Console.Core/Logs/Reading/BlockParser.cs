using System.Runtime.CompilerServices;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>Reads the entries of a block, and says what lies between them that is none.</summary>
internal sealed unsafe class BlockParser(int worker)
{
    private readonly EntryParser _parser = new();
    private int _instances;
    private int _revisions;

    /// <summary>Fills <paramref name="rows"/> from a block.</summary>
    [MethodImpl(Hot.Code)]
    public void Parse(Block block, BlockRows rows)
    {
        rows.Worker = worker;
        rows.Block = block.Number;
        rows.Source = block.Source;
        rows.Bytes = block.Length;
        _parser.SideIds = rows.SideIds;
        _parser.TraceSpans = rows.TraceSpans;
        var start = block.Memory;
        var end = start + block.Length;
        var p = start;
        while (p < end)
        {
            var c = *p;
            if (c == '{')
            {
                var inside = AnswerPages.Open(p);
                p = inside != null ? inside : Entry(block, rows, p, end);
            }
            else if (c is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t' or (byte)',' or (byte)'[' or (byte)']')
            {
                // What holds entries together: line breaks, and the brackets and commas of an array.
                p++;
            }
            else if (c == 0xEF && p[1] == 0xBB && p[2] == 0xBF)
            {
                // The byte order mark of a file that was put behind another.
                p += 3;
            }
            else if (AnswerPages.Close(p) is var behind && behind != null && behind <= end)
            {
                p = behind;
            }
            else
            {
                rows.Skip(block.Offset + (p - start), "a line that is no JSON");
                p = LineEnd(p, end);
            }
        }

        for (; _instances < _parser.Instances.Count; _instances++)
        {
            rows.NewInstances.Add(_parser.Instances[_instances]);
        }

        for (; _revisions < _parser.Revisions.Count; _revisions++)
        {
            rows.NewRevisions.Add(_parser.Revisions[_revisions]);
        }
    }

    [MethodImpl(Hot.Code)]
    private byte* Entry(Block block, BlockRows rows, byte* p, byte* end)
    {
        var offset = block.Offset + (p - block.Memory);
        switch (_parser.Parse(p, end, block.Column, out var next))
        {
            case EntryKind.Line:
                _parser.Line.Ref = EntryRef.Of(block.Source, offset);
                rows.Add(_parser.Line);
                break;
            case EntryKind.Request:
                _parser.Request.Ref = EntryRef.Of(block.Source, offset);
                rows.Add(_parser.Request);
                break;
            case EntryKind.Other:
                rows.Others++;
                break;
            default:
                if (!_parser.LooksLikeEntry && AnswerPages.OpenLater(p, end) is var inside && inside != null)
                {
                    return inside;
                }

                rows.Skip(offset, _parser.Reason);
                return next != null ? next : Resume(p, block.Memory, end, block.Column);
        }

        rows.Entries++;
        return next;
    }

    /// <summary>
    /// Where reading goes on after a broken entry: at the next line that stands no deeper than the broken one began, since inside
    /// of an entry that is printed over several lines everything stands deeper; else, where all is one line, after the next
    /// <c>},</c> that an opening brace follows.
    /// </summary>
    private static byte* Resume(byte* broken, byte* start, byte* end, int column)
    {
        var indent = Indent(broken, start);
        if (indent < 0)
        {
            indent = Math.Max(0, column);
        }

        var lineEnd = LineEnd(broken, end);
        if (column < 0)
        {
            var inLine = NextInLine(broken + 1, lineEnd);
            if (inLine != null)
            {
                return inLine;
            }
        }

        var p = lineEnd;
        while (p < end)
        {
            var at = p + 1;
            while (*at is (byte)' ' or (byte)'\t' or (byte)'\r')
            {
                at++;
            }

            if (at >= end)
            {
                return end;
            }

            if (*at != '\n' && at - (p + 1) <= indent)
            {
                // The brace that closes the broken entry belongs to it.
                return *at == '}' ? at + 1 : at;
            }

            p = LineEnd(at, end);
        }

        return end;
    }

    private static int Indent(byte* p, byte* start)
    {
        var at = p;
        while (at > start && at[-1] is (byte)' ' or (byte)'\t')
        {
            at--;
        }

        return at == start || at[-1] == '\n' ? (int)(p - at) : -1;
    }

    private static byte* NextInLine(byte* p, byte* end)
    {
        while (true)
        {
            var at = new ReadOnlySpan<byte>(p, (int)(end - p)).IndexOf("},"u8);
            if (at < 0)
            {
                return null;
            }

            p += at + 2;
            while (*p is (byte)' ' or (byte)'\t')
            {
                p++;
            }

            if (*p == '{' && p < end)
            {
                return p;
            }
        }
    }

    private static byte* LineEnd(byte* p, byte* end)
    {
        var at = new ReadOnlySpan<byte>(p, (int)(end - p)).IndexOf((byte)'\n');
        return at < 0 ? end : p + at;
    }
}
