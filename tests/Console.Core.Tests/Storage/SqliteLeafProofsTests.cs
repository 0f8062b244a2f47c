using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.Storage;

public sealed class SqliteLeafProofsTests() : LeafProofsContract(DatabaseKind.Sqlite);
