namespace OpsConsole.Core.Changes.InEffect;

/// <summary>One setting that was asked for and does not serve, or not as one would think.</summary>
public sealed record NotInEffect
{
    /// <summary>The setting, for people: <c>Billing</c>, <c>Minimum instances</c>, <c>Traffic</c>.</summary>
    public required string Setting { get; init; }

    /// <summary>What was asked for, and Cloud Run has stored.</summary>
    public required string Asked { get; init; }

    /// <summary>What serves now.</summary>
    public required string Serving { get; init; }

    /// <summary>Why it is so.</summary>
    public required Cause Cause { get; init; }
}
