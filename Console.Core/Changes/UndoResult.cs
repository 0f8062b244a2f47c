using System.Diagnostics.CodeAnalysis;
using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Core.Changes;

/// <summary>The change that takes another back, or why it cannot be taken back.</summary>
/// <param name="Change">Null where refused.</param>
/// <param name="Refusals">One for each field that was changed since; empty where it can be taken back.</param>
public sealed record UndoResult(Restore? Change, IReadOnlyList<Refusal> Refusals)
{
    /// <summary>True where it can be taken back.</summary>
    [MemberNotNullWhen(true, nameof(Change))]
    public bool IsOk => Change is not null;
}
