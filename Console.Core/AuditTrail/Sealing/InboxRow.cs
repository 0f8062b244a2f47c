namespace OpsConsole.Core.AuditTrail.Sealing;

/// <summary>An event that is recorded and not sealed.</summary>
/// <param name="Sequence">Number of arrival.</param>
/// <param name="Workspace">Workspace of its receipt.</param>
/// <param name="Id">Id of its receipt.</param>
/// <param name="RecordedAt">When.</param>
/// <param name="Via">Which way it came in.</param>
/// <param name="AppendedBy">Who appended it.</param>
/// <param name="Body">The event as JSON in UTF-8; it lies in the memory of its page.</param>
public readonly record struct InboxRow(long Sequence, string Workspace, string Id, DateTimeOffset RecordedAt, AuditVia Via, string AppendedBy, ReadOnlyMemory<byte> Body);
