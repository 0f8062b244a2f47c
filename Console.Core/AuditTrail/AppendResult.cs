namespace OpsConsole.Core.AuditTrail;

/// <summary>What became of one appended event.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>It is committed.</summary>
    public sealed record Recorded(AuditReceipt Receipt) : AppendResult;

    /// <summary>An event with this id and the same content was recorded before; the receipt is the first one's.</summary>
    public sealed record Duplicate(AuditReceipt Receipt) : AppendResult;

    /// <summary>An event with this id and other content was recorded before. Nothing was written.</summary>
    public sealed record Conflict(AuditReceipt Existing) : AppendResult;
}
