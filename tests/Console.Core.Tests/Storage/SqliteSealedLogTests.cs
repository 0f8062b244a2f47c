using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.Storage;

public sealed class SqliteSealedLogTests() : SealedLogContract(DatabaseKind.Sqlite);
