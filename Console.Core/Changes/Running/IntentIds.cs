using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpsConsole.Core.Changes.Running;

/// <summary>
/// Ids of intents that two consoles arrive at by themselves: the trail takes one event per id, so that of two that begin a change on
/// the same state of a service one is first, and the other learns of it. UUIDs of version 8 (RFC 9562, section 5.8).
/// </summary>
internal static class IntentIds
{
    /// <summary>The id of the n-th change on a state of a resource; there is a next one only when the one before has ended.</summary>
    public static string Of(Plan plan, int earlier) => Of($"{plan.Resource.Value}\n{plan.Etag}\n{earlier.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The id of the one change that an approval is good for, or of one of its steps.</summary>
    public static string OfApproved(string request, Change change) => Of($"{request}\n{ChangeJson.Print(change)}");

    private static string Of(string name)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(
            BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt16BigEndian(bytes[4..]), BinaryPrimitives.ReadInt16BigEndian(bytes[6..]), bytes[8..16].ToArray()).ToString();
    }
}
