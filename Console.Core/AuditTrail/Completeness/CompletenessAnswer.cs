namespace OpsConsole.Core.AuditTrail.Completeness;

/// <summary>What came of a check.</summary>
public abstract record CompletenessAnswer
{
    private CompletenessAnswer()
    {
    }

    /// <summary>It was made and recorded.</summary>
    /// <param name="Report">The result.</param>
    /// <param name="Receipt">The record of it.</param>
    public sealed record Done(CompletenessReport Report, AuditReceipt Receipt) : CompletenessAnswer;

    /// <summary>It was not made, or could not be recorded.</summary>
    /// <param name="Sentence">Why, for people.</param>
    public sealed record Refused(string Sentence) : CompletenessAnswer;
}
