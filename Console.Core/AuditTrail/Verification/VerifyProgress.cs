namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>How far a verification is.</summary>
/// <param name="Doing">What is being done, as a phrase.</param>
/// <param name="Done">Leaves read.</param>
/// <param name="Total">Leaves to read.</param>
/// <param name="Problems">Problems found so far.</param>
public sealed record VerifyProgress(string Doing, long Done, long Total, long Problems)
{
    /// <summary>
    /// Size of the last checkpoint whose root the leaves have: from there it can be resumed, because a doubt about a leaf is decided at the next
    /// checkpoint and not before. Null before and after the leaves.
    /// </summary>
    public long? At { get; init; }

    /// <summary>Index of the first leaf of the run; nothing is known of those before.</summary>
    public long Start { get; init; }

    /// <summary>Index behind the last leaf of the run.</summary>
    public long End { get; init; }

    /// <summary>0 to 1.</summary>
    public double Fraction => Total == 0 ? 1 : (double)Done / Total;
}
