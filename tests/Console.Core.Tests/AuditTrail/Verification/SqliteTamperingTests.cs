using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

public sealed class SqliteTamperingTests() : TamperingContract(DatabaseKind.Sqlite);
