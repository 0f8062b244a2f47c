using OpsConsole.Core.Access;

namespace OpsConsole.Core.AuditTrail.Browsing;

/// <summary>A file of events that was begun.</summary>
/// <param name="Begun">Id of the event that records its beginning.</param>
/// <param name="Actor">Who takes it.</param>
/// <param name="Query">Which events.</param>
/// <param name="Format">In which form.</param>
/// <param name="Records">The events in order of sealing, streamed, once.</param>
public sealed record EventFile(string Begun, Actor Actor, AuditQuery Query, EventFileFormat Format, IAsyncEnumerable<AuditRecord> Records);
