using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

public sealed class PostgresTamperingTests() : TamperingContract(DatabaseKind.Postgres);
