using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.AuditTrail.Merkle;

/// <summary>The leaves below a tile of level 0, as c2sp.org/tlog-tiles serves them: for each, its length (16 bits, big-endian) and its bytes.</summary>
public static class EntryBundle
{
    /// <summary>The longest leaf, in bytes.</summary>
    public const int MaxEntry = ushort.MaxValue;

    /// <summary>Puts leaves together.</summary>
    /// <exception cref="ArgumentException">One is longer than <see cref="MaxEntry"/>.</exception>
    public static byte[] Write(IReadOnlyCollection<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var bundle = new byte[entries.Sum(static e => 2 + e.Length)];
        var at = 0;
        foreach (var entry in entries)
        {
            if (entry.Length > MaxEntry)
            {
                throw new ArgumentException($"A leaf has at most {MaxEntry} bytes, not {entry.Length}.", nameof(entries));
            }

            BinaryPrimitives.WriteUInt16BigEndian(bundle.AsSpan(at), (ushort)entry.Length);
            entry.Span.CopyTo(bundle.AsSpan(at + 2));
            at += 2 + entry.Length;
        }

        return bundle;
    }

    /// <summary>Takes a bundle apart; false when it ends inside of an entry.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bundle, [NotNullWhen(true)] out IReadOnlyList<ReadOnlyMemory<byte>>? entries)
    {
        entries = null;
        var found = new List<ReadOnlyMemory<byte>>();
        while (bundle.Length > 0)
        {
            if (bundle.Length < 2)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length < 2 + length)
            {
                return false;
            }

            found.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }

        entries = found;
        return true;
    }
}
