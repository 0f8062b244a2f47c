using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.Storage;

public sealed class SqliteAuditReaderTests() : AuditReaderContract(DatabaseKind.Sqlite);
