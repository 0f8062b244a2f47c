using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.AuditTrail.Evidence;

public sealed class PostgresEvidenceTests() : EvidenceContract(DatabaseKind.Postgres);
