using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.Changes.Running;

/// <summary>The change that was begun, or why none was.</summary>
/// <param name="Run">On its way; null with an <see cref="Error"/>.</param>
/// <param name="Error">Why not; null when begun.</param>
public sealed record ChangeStart(ChangeRun? Run, ChangeError? Error)
{
    /// <summary>True when it was begun.</summary>
    [MemberNotNullWhen(true, nameof(Run))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Run is not null;
}
