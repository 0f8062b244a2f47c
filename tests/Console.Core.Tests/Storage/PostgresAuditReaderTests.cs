using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.Storage;

public sealed class PostgresAuditReaderTests() : AuditReaderContract(DatabaseKind.Postgres);
