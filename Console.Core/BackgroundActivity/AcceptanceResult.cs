using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.BackgroundActivity;

/// <summary>The act that was recorded, or why it was not.</summary>
/// <param name="Acceptance">What stands on the record; null with an <see cref="Error"/>.</param>
/// <param name="Error">Why not; null when recorded.</param>
public sealed record AcceptanceResult(Acceptance? Acceptance, AcceptanceError? Error)
{
    /// <summary>True when it was recorded.</summary>
    [MemberNotNullWhen(true, nameof(Acceptance))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Acceptance is not null;
}
