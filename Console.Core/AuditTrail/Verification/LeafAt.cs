namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>The leaf that the walk stands on: its bytes are those that were sealed.</summary>
internal sealed class LeafAt(LedgerCursor events)
{
    private const int SealedAtColumn = 1;
    private const int LeafColumn = 2;

    /// <summary>Its index.</summary>
    public long Index { get; set; }

    /// <summary>What it says.</summary>
    public LeafFacts Facts { get; } = new();

    /// <summary>Its bytes.</summary>
    public ReadOnlySpan<byte> Bytes => events.Bytes(LeafColumn);

    /// <summary>When it was sealed, in microseconds.</summary>
    public long SealedAt => events.Number(SealedAtColumn);

    /// <summary>A field as text.</summary>
    public string? Text(LeafSlot slot) => Facts.Text(Bytes, slot);

    /// <summary>A problem with this leaf.</summary>
    public VerifyProblem Problem(VerifyProblemKind kind, string sentence, string? expected = null, string? found = null) => new()
    {
        Kind = kind,
        Sentence = sentence,
        Index = Index,
        Workspace = Text(LeafSlot.Workspace),
        EventId = Text(LeafSlot.Id),
        Expected = expected,
        Found = found,
    };
}
