namespace OpsConsole.Core.AuditTrail.Anchoring;

/// <summary>What an anchor did with checkpoints.</summary>
public abstract record AnchorAnswer
{
    private AnchorAnswer()
    {
    }

    /// <summary>It has all of them, durably: written now, or found to be there already, the same.</summary>
    public sealed record Kept : AnchorAnswer;

    /// <summary>It holds another checkpoint for a size: an incident. Those before it are kept.</summary>
    /// <param name="Size">The size.</param>
    /// <param name="Sentence">What is there.</param>
    public sealed record Differs(long Size, string Sentence) : AnchorAnswer;

    /// <summary>It could not be written now.</summary>
    /// <param name="Reason">As a sentence.</param>
    public sealed record Unavailable(string Reason) : AnchorAnswer;
}
