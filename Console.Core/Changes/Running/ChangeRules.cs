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

    /// <summary>So long after its intent a change may still be sent.</summary>
    public TimeSpan SendWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// So old must an intent be before a change that cannot be seen counts as never sent. Longer than <see cref="SendWithin"/> and
    /// <c>Google:TimeoutSeconds</c> together, so that no console that was held up sends what another has declared dead.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(1);
}
