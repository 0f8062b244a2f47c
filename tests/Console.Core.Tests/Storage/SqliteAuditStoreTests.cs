using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.Storage;

/// <summary>Appending to the file.</summary>
public sealed class SqliteAuditStoreTests() : AuditStoreContract(DatabaseKind.Sqlite);
