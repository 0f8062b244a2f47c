using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.Storage;

public sealed class PostgresLeafProofsTests() : LeafProofsContract(DatabaseKind.Postgres);
