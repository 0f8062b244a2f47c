namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>One thing that is wrong, and where.</summary>
public sealed record VerifyProblem
{
    /// <summary>What kind.</summary>
    public required VerifyProblemKind Kind { get; init; }

    /// <summary>In a sentence for people.</summary>
    public required string Sentence { get; init; }

    /// <summary>Index of the leaf, or of the first one; null where no leaf is meant.</summary>
    public long? Index { get; init; }

    /// <summary>Index of the last leaf, where it is a range.</summary>
    public long? LastIndex { get; init; }

    /// <summary>Workspace of the event, where its bytes still say so.</summary>
    public string? Workspace { get; init; }

    /// <summary>Id of the event, where its bytes still say so.</summary>
    public string? EventId { get; init; }

    /// <summary>What should be there: a hash in hexadecimal, or a value.</summary>
    public string? Expected { get; init; }

    /// <summary>What is there.</summary>
    public string? Found { get; init; }

    /// <summary>Size of the last checkpoint before it whose root is right: up to there the log is as it was signed.</summary>
    public long? LastGoodCheckpoint { get; init; }
}
