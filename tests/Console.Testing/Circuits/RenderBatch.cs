using System.Buffers.Binary;
using System.Text;

namespace OpsConsole.Testing.Circuits;

/// <summary>
/// A render batch as it comes over the wire: RenderBatchWriter of ASP.NET Core 10 writes it, OutOfProcessRenderBatch of blazor.web.js reads it. Five
/// offsets end it: of the components, the frames, the disposed components, the disposed handlers and the texts.
/// </summary>
internal readonly ref struct RenderBatch
{
    private const int EditSize = 16;
    private const int FrameSize = 20;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Dictionary<int, string> _texts = [];

    public RenderBatch(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    private int Components => Int(_bytes.Length - 20);

    private int Frames => Int(_bytes.Length - 16);

    private int Disposed => Int(_bytes.Length - 12);

    private int Texts => Int(_bytes.Length - 4);

    /// <summary>How many components changed.</summary>
    public int ComponentCount => Int(Components);

    /// <summary>How many components went.</summary>
    public int DisposedCount => Int(Disposed);

    /// <summary>Id of a component that went.</summary>
    public int DisposedAt(int index) => Int(Disposed + 4 + (4 * index));

    /// <summary>A component that changed, where its edits begin, and how many there are.</summary>
    public (int Component, int Edits, int Count) ComponentAt(int index)
    {
        var at = Int(Components + 4 + (4 * index));
        return (Int(at), at + 8, Int(at + 4));
    }

    /// <summary>An edit: kind, sibling, the frame or the sibling to move to, the name of the attribute that goes.</summary>
    public (int Kind, int Sibling, int Frame, int Name) Edit(int edits, int index)
    {
        var at = edits + (EditSize * index);
        return (Int(at), Int(at + 4), Int(at + 8), Int(at + 12));
    }

    /// <summary>A frame: kind, then three numbers whose meaning depends on it, and the handler's id where there is one.</summary>
    public (int Kind, int A, int B, long Handler) Frame(int index)
    {
        var at = Frames + 4 + (FrameSize * index);
        return (Int(at), Int(at + 4), Int(at + 8), BinaryPrimitives.ReadInt64LittleEndian(_bytes[(at + 12)..]));
    }

    /// <summary>A text of the table.</summary>
    public string? Text(int index)
    {
        if (index < 0)
        {
            return null;
        }

        if (_texts.TryGetValue(index, out var known))
        {
            return known;
        }

        var at = Int(Texts + (4 * index));
        var (length, shift) = (0, 0);
        byte next;
        do
        {
            next = _bytes[at++];
            length |= (next & 0x7f) << shift;
            shift += 7;
        }
        while (next > 0x7f);
        return _texts[index] = Encoding.UTF8.GetString(_bytes.Slice(at, length));
    }

    private int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(_bytes[at..]);
}
