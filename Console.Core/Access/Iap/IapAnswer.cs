using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Core.Access.Iap;

/// <summary>The identity, or why there is none.</summary>
/// <param name="Identity">Null with a <see cref="Refusal"/>.</param>
/// <param name="Refusal">Null with an <see cref="Identity"/>.</param>
public sealed record IapAnswer(IapIdentity? Identity, IapRefusal? Refusal)
{
    /// <summary>True with an identity.</summary>
    [MemberNotNullWhen(true, nameof(Identity))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOk => Identity is not null;
}
