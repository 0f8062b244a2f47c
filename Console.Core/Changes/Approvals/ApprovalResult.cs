using System.Diagnostics.CodeAnalysis;
using OpsConsole.Core.Changes.Running;

namespace OpsConsole.Core.Changes.Approvals;

/// <summary>What an act on a request came to.</summary>
/// <param name="Request">As it stands afterwards; null with an <see cref="Error"/> that leaves none.</param>
/// <param name="Error">Why not; null when done.</param>
/// <param name="Run">The change that was begun; null where none was.</param>
public sealed record ApprovalResult(ApprovalRequest? Request, ApprovalError? Error, ChangeRun? Run = null)
{
    /// <summary>True when it was done.</summary>
    [MemberNotNullWhen(true, nameof(Request))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;
}
