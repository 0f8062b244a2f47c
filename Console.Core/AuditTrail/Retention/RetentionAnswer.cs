namespace OpsConsole.Core.AuditTrail.Retention;

/// <summary>What came of an act of retention.</summary>
public abstract record RetentionAnswer
{
    private RetentionAnswer()
    {
    }

    /// <summary>It is on the record.</summary>
    /// <param name="Id">Id of its event.</param>
    public sealed record Done(string Id) : RetentionAnswer;

    /// <summary>It was not done.</summary>
    /// <param name="Sentence">Why, for people.</param>
    public sealed record Refused(string Sentence) : RetentionAnswer;
}
