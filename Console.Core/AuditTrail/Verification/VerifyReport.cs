namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>What a verification found: what was verified, as of when, and what was not.</summary>
public sealed record VerifyReport
{
    /// <summary>Which database.</summary>
    public required string Store { get; init; }

    /// <summary>When the state that was verified was taken.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Seconds it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>What was asked.</summary>
    public required VerifyRequest Request { get; init; }

    /// <summary>Leaves in the log.</summary>
    public required long TreeSize { get; init; }

    /// <summary>First leaf that was read.</summary>
    public required long From { get; init; }

    /// <summary>Behind the last leaf that was read.</summary>
    public required long To { get; init; }

    /// <summary>Events whose bytes were hashed.</summary>
    public required long Events { get; init; }

    /// <summary>Leaves of which only the hash is kept, because they were pruned.</summary>
    public required long Pruned { get; init; }

    /// <summary>Checkpoints whose signature and root were checked.</summary>
    public required long Checkpoints { get; init; }

    /// <summary>Cosignatures that were checked.</summary>
    public required long Cosignatures { get; init; }

    /// <summary>Checkpoints in anchor folders that were compared.</summary>
    public required long Anchors { get; init; }

    /// <summary>Witnesses that answered.</summary>
    public required int Witnesses { get; init; }

    /// <summary>Size of the largest checkpoint whose signature and root are right; null when there is none.</summary>
    public required long? LastGoodCheckpoint { get; init; }

    /// <summary>Root of that checkpoint, base64.</summary>
    public required string? LastGoodRoot { get; init; }

    /// <summary>Problems, in the order of the log; at most as many as were asked for.</summary>
    public required IReadOnlyList<VerifyProblem> Problems { get; init; }

    /// <summary>All problems.</summary>
    public required long ProblemCount { get; init; }

    /// <summary>What is no problem by itself, and worth knowing: sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What was verified: phrases.</summary>
    public required IReadOnlyList<string> Verified { get; init; }

    /// <summary>What was not, and why: sentences.</summary>
    public required IReadOnlyList<string> NotVerified { get; init; }

    /// <summary>True when nothing is wrong with what was verified.</summary>
    public bool IsGood => ProblemCount == 0;
}
