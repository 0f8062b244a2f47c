namespace OpsConsole.Core.AuditTrail.Events;

/// <summary>What came of reading an event.</summary>
public abstract record AuditEventReading
{
    private AuditEventReading()
    {
    }

    /// <summary>It is an event.</summary>
    public sealed record Accepted(AuditEvent Event) : AuditEventReading;

    /// <summary>It is not, for these reasons: all of them, not only the first.</summary>
    public sealed record Refused(IReadOnlyList<AuditEventProblem> Problems) : AuditEventReading
    {
        /// <summary>The reasons in one line.</summary>
        public string Sentence => string.Join(" ", Problems.Select(static p => p.Message));
    }
}
