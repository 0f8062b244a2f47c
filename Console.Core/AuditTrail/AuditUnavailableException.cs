namespace OpsConsole.Core.AuditTrail;

/// <summary>The audit trail cannot take or give events now: whatever needs a record must not be done. The message says why, for people.</summary>
public class AuditUnavailableException : Exception
{
    /// <summary>Makes one.</summary>
    public AuditUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public AuditUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>True where the trail works, and holds another event under this id: somebody else was first.</summary>
    public bool HoldsAnother { get; init; }
}
