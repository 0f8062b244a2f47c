using System.Collections;
using System.Text;

namespace OpsConsole.Core.Logs.Reading;

/// <summary>InsertIds that are not 24 hexadecimal digits, as UTF-8 in large pieces; text is made when one is asked for.</summary>
internal sealed class SideIds : IReadOnlyList<string>
{
    private const int PieceBits = 20;
    private readonly List<byte[]> _pieces = [];
    private readonly RowStore<long> _places = new();
    private readonly Dictionary<long, byte[]> _large = [];
    private int _used;

    public int Count => _places.Count;

    public string this[int index] => Encoding.UTF8.GetString(BytesOf(index));

    /// <summary>The bytes of an id.</summary>
    public ReadOnlySpan<byte> BytesOf(int index)
    {
        // Length in the low 20 bits, place above.
        var place = _places[index];
        var length = (int)(place & ((1 << PieceBits) - 1));
        var at = place >> PieceBits;
        return length == 0 && _large.TryGetValue(index, out var large)
            ? large
            : _pieces.Count == 0 ? [] : _pieces[(int)(at >> PieceBits)].AsSpan((int)(at & ((1 << PieceBits) - 1)), length);
    }

    /// <summary>Adds one and returns its number.</summary>
    public int Add(ReadOnlySpan<byte> id)
    {
        var length = id.Length;
        if (length >= 1 << PieceBits)
        {
            _large[_places.Count] = id.ToArray();
            length = 0;
        }
        else if (_pieces.Count == 0 || _used + length > _pieces[^1].Length)
        {
            _pieces.Add(new byte[Math.Max(length, Math.Min(1 << PieceBits, 4096 << Math.Min(8, 2 * _pieces.Count)))]);
            _used = 0;
        }

        var at = ((long)Math.Max(0, _pieces.Count - 1) << PieceBits) + (length == 0 ? 0 : _used);
        if (length > 0)
        {
            id.CopyTo(_pieces[^1].AsSpan(_used));
            _used += length;
        }

        var place = (at << PieceBits) | (uint)length;
        _places.Append(new ReadOnlySpan<long>(in place));
        return _places.Count - 1;
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
