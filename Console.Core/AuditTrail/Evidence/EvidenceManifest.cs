using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpsConsole.Core.AuditTrail.Canonical;
using OpsConsole.Core.AuditTrail.Notes;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>
/// <c>manifest.json</c> of a bundle: what it holds, by which filter, who took it and when, and the hash of every other file. The log's keys sign it:
/// the note <c>opsconsole/evidence@v1</c>, origin, hexadecimal SHA-256 of the manifest's canonical form (RFC 8785) without <c>signatures</c>.
/// </summary>
public sealed record EvidenceManifest
{
    /// <summary>Name of the form, and first line of what is signed, so that it is never taken for a checkpoint.</summary>
    public const string FormatName = "opsconsole/evidence@v1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
    };

    /// <summary><see cref="FormatName"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Origin of the log.</summary>
    public required string Log { get; init; }

    /// <summary>Leaves of the checkpoint's tree.</summary>
    public required long TreeSize { get; init; }

    /// <summary>Its root, base64.</summary>
    public required string RootHash { get; init; }

    /// <summary>Which leaves are there.</summary>
    public required EvidenceRange Range { get; init; }

    /// <summary>Which events are disclosed; null for all.</summary>
    public ManifestFilter? Filter { get; init; }

    /// <summary>Numbers.</summary>
    public required EvidenceCounts Counts { get; init; }

    /// <summary>Who took it: id.</summary>
    public required string ExportedBy { get; init; }

    /// <summary>Who took it: name at that time.</summary>
    public string? ExportedByName { get; init; }

    /// <summary>When, UTC.</summary>
    public required string ExportedAt { get; init; }

    /// <summary>Id of the event that records the export in the log, after this checkpoint; null when it could not be recorded.</summary>
    public string? Event { get; init; }

    /// <summary>Program and version that made the bundle.</summary>
    public required string Tool { get; init; }

    /// <summary>What a reader must know: sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Every other file of the bundle, in the order in which they were written.</summary>
    public IReadOnlyList<EvidenceFile> Files { get; init; } = [];

    /// <summary>Signature lines of the log's keys; empty where the exporter had none.</summary>
    public IReadOnlyList<string> Signatures { get; init; } = [];

    /// <summary>Reads the file. The bytes must be those that <see cref="ToBytes"/> writes: there is one spelling.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out EvidenceManifest? manifest, [NotNullWhen(false)] out string? problem)
    {
        manifest = null;
        try
        {
            var read = JsonSerializer.Deserialize<EvidenceManifest>(bytes, Json);
            problem = read is null || read.Format != FormatName ? $"It is not of the form {FormatName}."
                : read.ToBytes().AsSpan().SequenceEqual(bytes) ? null
                : "It is not spelled as the console spells it: somebody edited it.";
            manifest = problem is null ? read : null;
        }
        catch (JsonException e)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"It cannot be read as {FormatName}: something is wrong in line {e.LineNumber + 1}{(e.Path is { Length: > 1 } path ? $", at {path}" : "")}.");
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException)
        {
            problem = $"It cannot be read as {FormatName}.";
        }

        return manifest is not null;
    }

    /// <summary>The text that is signed.</summary>
    /// <exception cref="CanonicalJsonException">A text in it is not valid Unicode.</exception>
    public string SignedText()
    {
        var node = JsonSerializer.SerializeToNode(this, Json)!.AsObject();
        node.Remove("signatures");
        using var document = JsonDocument.Parse(node.ToJsonString(Json));
        return $"{FormatName}\n{Log}\n{Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Write(document.RootElement)))}\n";
    }

    /// <summary>Signed by all keys of the log.</summary>
    public EvidenceManifest Sign(IEnumerable<ISigner> signers)
    {
        var text = SignedText();
        return this with { Signatures = [.. signers.Select(s => s.Sign(text).ToString())] };
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];
}
