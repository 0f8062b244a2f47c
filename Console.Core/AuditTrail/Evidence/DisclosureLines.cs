using System.Text;
using System.Text.Json;
using OpsConsole.Core.AuditTrail.Leaves;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>Walks <c>disclosures.ndjson</c>: <c>{"index":N,"disclosures":["…"]}</c>, by rising index.</summary>
internal sealed class DisclosureLines : IDisposable
{
    private const string File = "disclosures.ndjson";
    private readonly BundleLines _lines;

    /// <summary>Stands on the first line.</summary>
    public DisclosureLines(BundleLines lines)
    {
        _lines = lines;
        Next = -1;
        Move();
    }

    /// <summary>Leaf of the current line; <see cref="long.MaxValue"/> behind the last.</summary>
    public long Next { get; private set; }

    /// <summary>Its disclosures, packed.</summary>
    public byte[] Items { get; private set; } = [];

    /// <summary>Goes to the next line.</summary>
    /// <exception cref="BundleException">It is malformed, or not above the line before it.</exception>
    public void Move()
    {
        if (!_lines.TryNext(out var line))
        {
            (Next, Items) = (long.MaxValue, []);
            return;
        }

        var before = Next;
        if (!TryRead(line))
        {
            throw new BundleException($"Line {_lines.Count} of {File} is not of the form {{\"index\":N,\"disclosures\":[\"…\"]}}.", File);
        }

        if (Next <= before)
        {
            throw new BundleException($"Line {_lines.Count} of {File} is of leaf {Next}, and the line before it of leaf {before}: they must rise.", File);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lines.Dispose();

    // One spelling: what is read must be written the same again.
    private bool TryRead(ReadOnlySpan<byte> line)
    {
        try
        {
            var root = JsonElement.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 3 });
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("index", out var index) || !index.TryGetInt64(out var at) || at < 0
                || !root.TryGetProperty("disclosures", out var items) || items.ValueKind != JsonValueKind.Array)
            {
                return false;
            }

            (Next, Items) = (at, Disclosure.Pack(items.EnumerateArray().Select(static i => i.GetString() ?? "")));
            var spelled = EvidencePopulation.Line(at, Items);
            return spelled.AsSpan(0, spelled.Length - 1).SequenceEqual(line);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or EncoderFallbackException)
        {
            return false;
        }
    }
}
