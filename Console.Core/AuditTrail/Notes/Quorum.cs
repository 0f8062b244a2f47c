namespace OpsConsole.Core.AuditTrail.Notes;

/// <summary>A witness, or a group of which so many members must have cosigned.</summary>
internal sealed class Quorum
{
    private readonly VerifierKey? witness;
    private readonly IReadOnlyList<Quorum> members;
    private readonly int needed;

    /// <summary>One witness.</summary>
    public Quorum(VerifierKey witness)
    {
        this.witness = witness;
        members = [];
    }

    /// <summary>A group.</summary>
    public Quorum(int needed, IReadOnlyList<Quorum> members)
    {
        this.needed = needed;
        this.members = members;
    }

    /// <summary>Met by nobody's cosignature.</summary>
    public static Quorum None { get; } = new(0, []);

    /// <summary>True when enough of them cosigned.</summary>
    public bool IsMet(IReadOnlyCollection<VerifierKey> cosigned) =>
        witness is not null ? cosigned.Contains(witness) : members.Count(m => m.IsMet(cosigned)) >= needed;
}
