namespace OpsConsole.Core.AuditTrail.Verification;

/// <summary>A verification that has not come to its end, as a <see cref="VerifyBookmark"/> keeps it.</summary>
/// <param name="Run">Id of the event of its beginning.</param>
/// <param name="StartedBy">Who.</param>
/// <param name="StartedAt">When.</param>
/// <param name="Request">What was asked.</param>
/// <param name="FullUpTo">See <see cref="VerifyRequest.FullUpTo"/>, which is not printed with the request.</param>
/// <param name="Progress">How far.</param>
/// <param name="Reason">Why it was stopped; null when nobody did.</param>
public sealed record UnfinishedRun(string Run, string StartedBy, DateTimeOffset StartedAt, VerifyRequest Request, long FullUpTo, VerifyProgress Progress, string? Reason);
