namespace OpsConsole.Core.AuditTrail.Reconciliation;

/// <summary>What came of making a statement.</summary>
public abstract record StatementAnswer
{
    private StatementAnswer()
    {
    }

    /// <summary>It was made and recorded.</summary>
    public sealed record Made(Statement Statement) : StatementAnswer;

    /// <summary>It was not made, or could not be recorded.</summary>
    /// <param name="Sentence">Why, for people.</param>
    public sealed record Refused(string Sentence) : StatementAnswer;
}
