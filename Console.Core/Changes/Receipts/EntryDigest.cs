using System.Security.Cryptography;
using OpsConsole.Core.AuditTrail.Canonical;

namespace OpsConsole.Core.Changes.Receipts;

/// <summary>
/// The digest of a set of log entries, which anybody can work out again from the same queries: each entry in canonical JSON
/// (RFC 8785), each once, sorted by its bytes, each followed by a line feed; SHA-256 over all of it, in hexadecimal.
/// </summary>
public static class EntryDigest
{
    /// <summary>The digest, and over how many entries it goes.</summary>
    /// <param name="entries">Entries as Cloud Logging gave them: one JSON object each, in UTF-8.</param>
    public static (string Sha256, int Entries) Of(IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        List<byte[]> lines = [];
        foreach (var entry in entries)
        {
            // What has no canonical form (a number beyond a double) goes in as it came.
            lines.Add(CanonicalJson.TryCanonicalise(entry, out var canonical, out _) ? canonical : entry.ToArray());
        }

        lines.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0 && lines[i].AsSpan().SequenceEqual(lines[i - 1]))
            {
                continue;
            }

            hash.AppendData(lines[i]);
            hash.AppendData("\n"u8);
            count++;
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), count);
    }
}
