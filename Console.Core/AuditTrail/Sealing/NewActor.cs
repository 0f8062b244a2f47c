namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>An actor that is seen for the first time.</summary>
/// <param name="Key">Who.</param>
/// <param name="Ref">The pseudonym, random.</param>
/// <param name="DisplayName">Name at that time.</param>
public sealed record NewActor(ActorKey Key, string Ref, string? DisplayName);
