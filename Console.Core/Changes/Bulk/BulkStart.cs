using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>The bulk that was begun, or why none was.</summary>
/// <param name="Run">On its way; null with an <see cref="Error"/>.</param>
/// <param name="Error">Why not, for people; null when begun.</param>
public sealed record BulkStart(BulkRun? Run, string? Error)
{
    /// <summary>True when it was begun.</summary>
    [MemberNotNullWhen(true, nameof(Run))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Run is not null;
}
