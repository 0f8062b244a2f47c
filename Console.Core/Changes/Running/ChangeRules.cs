namespace OpsConsole.Core.Changes.Running;

/// <summary>Settings of changes; section <c>OpsConsole:Changes</c>.</summary>
/// <param name="ReasonRequired">Whether each change needs a reason.</param>
/// <param name="LongestDeployment">How long an operation is followed.</param>
public sealed record ChangeRules(bool ReasonRequired, TimeSpan LongestDeployment)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 2000;

    /// <summary>A reason is required; operations are followed for 15 minutes.</summary>
    public static ChangeRules Default { get; } = new(ReasonRequired: true, TimeSpan.FromMinutes(15));

    /// <summary>What each project may use in a region; null where nobody has set it.</summary>
    public RegionQuota? Quota { get; init; }

    /// <summary>
    /// So long after its intent a change may still be sent. With <c>Google:TimeoutSeconds</c> it stays below the minute after which other consoles
    /// take a change that cannot be seen for one that was never sent.
    /// </summary>
    public TimeSpan SendWithin { get; init; } = TimeSpan.FromSeconds(20);
}
