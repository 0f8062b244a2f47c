using OpsConsole.E2E.Running;

namespace OpsConsole.E2E.Journeys;

[Collection(PostgresDemoTests.Name)]
public sealed class PostgresAuditJourney(PostgresDemoFixture demo) : AuditJourney(demo);
