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

    /// <summary>What this console is called among those on the same trail; the same again after a restart.</summary>
    public string Console { get; init; } = "console";
}
