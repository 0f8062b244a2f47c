using System.Buffers.Text;
using System.Globalization;
using OpsConsole.Core.AuditTrail.Leaves;
using OpsConsole.Core.AuditTrail.Merkle;

namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>
/// Disclosures against the commitments of the leaves: each opens one, and each commitment is opened or was erased by a decision that the log
/// holds. What is wrong is found by hashes alone; nothing is parsed.
/// </summary>
internal sealed class DisclosureCheck(LedgerCursor rows, Findings findings, Explanations explanations) : LeafCheck(rows, findings)
{
    private const int Items = 1;

    /// <summary>Commitments that nothing opens, because they were erased.</summary>
    public long Erased { get; private set; }

    /// <summary>The packed disclosures of the leaf that was checked last; null when it has none or they are wrong.</summary>
    public byte[]? Last { get; private set; }

    /// <summary>True when somebody wants <see cref="Last"/>.</summary>
    public bool Keeps { get; init; }

    /// <inheritdoc />
    protected override void Compare(LeafAt leaf)
    {
        Last = null;
        var items = Rows.Bytes(Items);
        if (leaf.Facts.Type != LeafType.Event)
        {
            Stray();
            return;
        }

        Span<byte> digest = stackalloc byte[43];
        Span<bool> opened = stackalloc bool[leaf.Facts.Digests];
        opened.Clear();
        var isRight = true;
        foreach (var part in items.Split(Disclosure.Separator))
        {
            var encoded = items[part];
            if (encoded.IsEmpty && items.IsEmpty)
            {
                break;
            }

            if (!Opens(leaf, encoded, digest, opened))
            {
                isRight = false;
                var name = Disclosure.Parse(encoded)?.Name;
                Findings.Add(leaf.Problem(
                    VerifyProblemKind.DisclosureChanged,
                    string.Create(CultureInfo.InvariantCulture, $"{(name is null ? "A field" : $"The field {name}")} of the event at index {leaf.Index} is not what was sealed: it was changed, or is another event's."),
                    expected: null,
                    System.Text.Encoding.UTF8.GetString(digest)));
            }
        }

        NotOpened(leaf, opened);
        Last = isRight && Keeps ? items.ToArray() : null;
    }

    /// <inheritdoc />
    protected override void Missing(LeafAt leaf)
    {
        Last = Keeps ? [] : null;
        Span<bool> opened = stackalloc bool[leaf.Facts.Digests];
        opened.Clear();
        NotOpened(leaf, opened);
    }

    /// <inheritdoc />
    protected override void Stray() => Findings.Add(new VerifyProblem
    {
        Kind = VerifyProblemKind.DisclosureChanged,
        Sentence = string.Create(CultureInfo.InvariantCulture, $"Fields are stored for index {Rows.Key}, where no event has any."),
        Index = Rows.Key,
    });

    private static bool Opens(LeafAt leaf, ReadOnlySpan<byte> encoded, Span<byte> digest, Span<bool> opened)
    {
        digest.Clear();
        if (encoded.IsEmpty)
        {
            return false;
        }

        var hash = Sha256.Of(encoded[0], encoded[1..]);
        Base64Url.EncodeToUtf8(hash.Bytes, digest, out _, out _);
        for (var i = 0; i < opened.Length; i++)
        {
            if (!opened[i] && leaf.Facts.Digest(leaf.Bytes, i).SequenceEqual(digest))
            {
                opened[i] = true;
                return true;
            }
        }

        return false;
    }

    private void NotOpened(LeafAt leaf, ReadOnlySpan<bool> opened)
    {
        if (!opened.Contains(false))
        {
            return;
        }

        var isErased = explanations.IsErased(leaf.Text(LeafSlot.Workspace), leaf.Text(LeafSlot.Id), leaf.Text(LeafSlot.ActorRef));
        for (var i = 0; i < opened.Length; i++)
        {
            if (opened[i])
            {
                continue;
            }

            if (isErased)
            {
                Erased++;
            }
            else
            {
                Findings.Add(leaf.Problem(
                    VerifyProblemKind.DisclosureMissing,
                    string.Create(CultureInfo.InvariantCulture, $"The field {leaf.Facts.DigestName(leaf.Bytes, i)} of the event at index {leaf.Index} is gone, and no decision to erase it is in the log."),
                    System.Text.Encoding.UTF8.GetString(leaf.Facts.Digest(leaf.Bytes, i))));
            }
        }
    }
}
