using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Running;

/// <summary>What planning at the <see cref="ChangeDesk"/> came to.</summary>
public sealed record DeskAnswer
{
    /// <summary>The resource as it was read; null with an <see cref="Error"/>.</summary>
    public PlanInput? Input { get; init; }

    /// <summary>Plan or refusal; null with an <see cref="Error"/>.</summary>
    public Planning? Planning { get; init; }

    /// <summary>Why the resource could not be read.</summary>
    public CloudRunError? Error { get; init; }

    /// <summary>Why the API could not be asked in a dry run; the plan stands on the console's own rules then.</summary>
    public CloudRunError? NotChecked { get; init; }

    /// <summary>Why it takes a second person to apply it, in a sentence; null where it does not.</summary>
    public string? WhyApproval { get; init; }

    /// <summary>State of the resource that was planned on; empty where it could not be read.</summary>
    public string Etag => Input is { } input ? ServiceEtag.Of(input.RawJson) : "";
}
