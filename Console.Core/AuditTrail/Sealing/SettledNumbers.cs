namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>A stretch of numbers of which all that will ever be committed is known.</summary>
/// <param name="Through">Its last number.</param>
/// <param name="Void">Ranges that nothing has: rolled back.</param>
/// <param name="Missing">Numbers that nothing has though a receipt was given: somebody took the event away before it was sealed.</param>
public sealed record SettledNumbers(long Through, IReadOnlyList<(long From, long To)> Void, IReadOnlyList<AuditReceipt> Missing);
