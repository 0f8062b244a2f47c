using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace OpsConsole.Core.AuditTrail.Canonical;

/// <summary>
/// JSON in its one canonical spelling (RFC 8785, JCS): no white space, names sorted by UTF-16 code units, numbers as ECMAScript prints
/// them, strings with the fewest escapes. Utf8JsonWriter cannot write it: every encoder of .NET escapes more, and its numbers differ.
/// </summary>
/// <remarks>
/// Numbers are IEEE doubles, as in the RFC: 9007199254740993 becomes 9007199254740992 and 1.10 becomes 1.1. Identifiers, money and 64-bit
/// integers belong in strings. Canonicalise once, store these bytes and hash them as stored.
/// </remarks>
public static class CanonicalJson
{
    // Duplicates are found below, after sorting: JsonDocument's own test of them throws on a name with half a surrogate pair.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Canonicalises a text.</summary>
    /// <param name="utf8Json">One JSON value in UTF-8.</param>
    /// <param name="canonical">Its canonical bytes.</param>
    /// <param name="problem">Why there are none, as a sentence: no JSON, a name twice, half a surrogate pair, a number beyond a double's range.</param>
    public static bool TryCanonicalise(
        ReadOnlyMemory<byte> utf8Json, [NotNullWhen(true)] out byte[]? canonical, [NotNullWhen(false)] out string? problem)
    {
        canonical = null;
        try
        {
            using var document = JsonDocument.Parse(utf8Json, Options);
            canonical = Write(document.RootElement);
            problem = null;
            return true;
        }
        catch (JsonException e)
        {
            problem = $"The JSON cannot be read: {e.Message}";
            return false;
        }
        catch (CanonicalJsonException e)
        {
            problem = e.Message;
            return false;
        }
    }

    /// <summary>The canonical bytes of a value.</summary>
    /// <exception cref="CanonicalJsonException">It has none.</exception>
    public static byte[] Write(JsonElement value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        Write(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The same into a buffer, which holds a part of it when this fails.</summary>
    /// <exception cref="CanonicalJsonException">There is no canonical form.</exception>
    public static void Write(JsonElement value, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output);
                break;
            case JsonValueKind.Array:
                WriteArray(value, output);
                break;
            case JsonValueKind.String:
                CanonicalString.Write(Text(value), output);
                break;
            case JsonValueKind.Number:
                CanonicalNumber.Write(value.GetDouble(), output);
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            case JsonValueKind.Null:
                output.Write("null"u8);
                break;
            default:
                throw new CanonicalJsonException("There is no JSON value.");
        }
    }

    private static void WriteArray(JsonElement array, IBufferWriter<byte> output)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in array.EnumerateArray())
        {
            if (!first)
            {
                output.Write(","u8);
            }

            first = false;
            Write(item, output);
        }

        output.Write("]"u8);
    }

    private static void WriteObject(JsonElement value, IBufferWriter<byte> output)
    {
        var members = value.EnumerateObject().Select(static p => (Name: NameOf(p), p.Value)).ToArray();

        // Ordinal order is that of UTF-16 code units, which the RFC asks for; the order of UTF-8 bytes is another.
        Array.Sort(members, static (x, y) => string.CompareOrdinal(x.Name, y.Name));
        output.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                if (members[i].Name == members[i - 1].Name)
                {
                    throw new CanonicalJsonException($"The name '{members[i].Name}' stands twice in an object.");
                }

                output.Write(","u8);
            }

            CanonicalString.Write(members[i].Name, output);
            output.Write(":"u8);
            Write(members[i].Value, output);
        }

        output.Write("}"u8);
    }

    private static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw NotUnicode(e);
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException e)
        {
            throw NotUnicode(e);
        }
    }

    private static CanonicalJsonException NotUnicode(Exception inner) =>
        new("A string is not valid Unicode: it holds half a surrogate pair, or bytes that are not UTF-8.", inner);
}
