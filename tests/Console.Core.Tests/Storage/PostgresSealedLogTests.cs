using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.Storage;

public sealed class PostgresSealedLogTests() : SealedLogContract(DatabaseKind.Postgres);
