using System.Text;
using OpsConsole.Core.AuditTrail.Leaves;

namespace OpsConsole.Core.AuditTrail.Evidence;

/// <summary>The leaves of a range, one after the other: what is counted, disclosed and shown of them. The same for making a bundle and for checking one.</summary>
internal sealed class EvidencePopulation(EvidenceMatch match)
{
    /// <summary>Events that the report shows, the first ones.</summary>
    public const int ReportRows = 2_000;

    private readonly List<EvidenceRow> _rows = [];

    /// <summary>Leaves.</summary>
    public long Leaves { get; private set; }

    /// <summary>Events.</summary>
    public long Events { get; private set; }

    /// <summary>Events that are disclosed.</summary>
    public long Disclosed { get; private set; }

    /// <summary>Fields that are disclosed.</summary>
    public long Fields { get; private set; }

    /// <summary>Fields of disclosed events that nothing opens.</summary>
    public long Erased { get; private set; }

    /// <summary>Declared void.</summary>
    public long Void { get; private set; }

    /// <summary>Lost before sealing.</summary>
    public long Missing { get; private set; }

    /// <summary>What the report shows.</summary>
    public IReadOnlyList<EvidenceRow> Rows => _rows;

    /// <summary>A leaf whose commitments are opened by everything that is stored for it.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="disclosures">Packed.</param>
    /// <param name="problem">Why the leaf or what is stored for it is not what was sealed; null when it is.</param>
    /// <returns>True when the filter means it.</returns>
    public bool Take(long index, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> disclosures, out string? problem)
    {
        problem = null;
        Leaves++;
        if (!LeafReader.TryRead(bytes, out var leaf, out problem))
        {
            return false;
        }

        if (leaf is not EventLeaf e)
        {
            _ = leaf is VoidLeaf ? Void++ : Missing++;
            return false;
        }

        Events++;
        if (!match.HasClear(e))
        {
            return false;
        }

        var opened = LeafReader.Open(e, disclosures);
        if (opened.Problems.Count > 0)
        {
            problem = opened.Problems[0];
            return false;
        }

        if (!match.HasWords(opened.Event))
        {
            return false;
        }

        Count(index, e, opened);
        return true;
    }

    /// <summary>The counts, with the number of proof files.</summary>
    public EvidenceCounts Counts(long proofs) => new()
    {
        Leaves = Leaves,
        Events = Events,
        Disclosed = Disclosed,
        Fields = Fields,
        Erased = Erased,
        Void = Void,
        Missing = Missing,
        Proofs = proofs,
    };

    /// <summary>A line of <c>disclosures.ndjson</c>: <c>{"index":N,"disclosures":["…"]}</c>.</summary>
    public static byte[] Line(long index, ReadOnlySpan<byte> packed)
    {
        var text = new StringBuilder("{\"index\":").Append(System.Globalization.CultureInfo.InvariantCulture, $"{index}").Append(",\"disclosures\":[");
        var first = true;
        foreach (var encoded in Disclosure.Unpack(packed))
        {
            text.Append(first ? "\"" : ",\"").Append(encoded).Append('"');
            first = false;
        }

        return Encoding.ASCII.GetBytes(text.Append("]}\n").ToString());
    }

    private void Count(long index, EventLeaf leaf, OpenedEvent opened)
    {
        Disclosed++;
        Fields += leaf.Commitments.Count - opened.Erased.Count;
        Erased += opened.Erased.Count;
        if (_rows.Count < ReportRows)
        {
            _rows.Add(new EvidenceRow(index, leaf, opened));
        }
    }
}
