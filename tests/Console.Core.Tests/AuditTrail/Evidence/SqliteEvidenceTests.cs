using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.AuditTrail.Evidence;

public sealed class SqliteEvidenceTests() : EvidenceContract(DatabaseKind.Sqlite);
