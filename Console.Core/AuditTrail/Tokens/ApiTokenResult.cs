namespace OpsConsole.Core.AuditTrail.Tokens;

/// <summary>What came of making or revoking a token.</summary>
/// <param name="Secret">The secret of a new token, this once; null after revoking or an error.</param>
/// <param name="Error">Why it was not done; null when it was.</param>
public sealed record ApiTokenResult(string? Secret, ApiTokenError? Error)
{
    /// <summary>True when it was done.</summary>
    public bool IsOk => Error is null;
}
