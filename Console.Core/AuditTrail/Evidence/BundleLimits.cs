namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>How much of a bundle is read at most: what is beyond is an attack and no evidence.</summary>
internal static class BundleLimits
{
    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Files.</summary>
    public const int Files = 20_000;

    /// <summary>Bytes of a checkpoint, a list of keys or a proof.</summary>
    public const int Small = 2 * 1024 * 1024;

    /// <summary>Bytes of the manifest, the report and the steps.</summary>
    public const int Page = 64 * 1024 * 1024;

    /// <summary>Bytes of a leaf.</summary>
    public const int Leaf = 65_535;

    /// <summary>Bytes of a line of disclosures: an event with its bodies, as base64url.</summary>
    public const int Disclosures = 4 * 1024 * 1024;

    /// <summary>Unpacked bytes for each packed one; leaves are mostly hashes, which do not pack. Small files may pack better.</summary>
    public const int Ratio = 200;

    /// <summary>Most bytes that a file of this name may have.</summary>
    public static long Of(string name) => name switch
    {
        "leaves.ndjson" or "disclosures.ndjson" => long.MaxValue,
        "manifest.json" or "report.html" or "HOW-TO-VERIFY.md" => Page,
        _ => Small,
    };

    /// <summary>True for the names that files of a bundle have.</summary>
    public static bool IsName(string name) =>
        name is "checkpoint" or "log.vkey" or "witness.vkey" or "leaves.ndjson" or "disclosures.ndjson" or "manifest.json" or "report.html" or "HOW-TO-VERIFY.md"
        || (name.StartsWith("proofs/", StringComparison.Ordinal) && name.Length is > 8 and < 200 && name[7] != '.'
            && !name.AsSpan(7).ContainsAnyExcept(NameCharacters)
            && Path.GetExtension(name) is ".tlog-proof" or ".range-proof" or ".consistency" or ".checkpoint");
}
