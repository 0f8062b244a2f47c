using OpsConsole.E2E.Running;

namespace OpsConsole.E2E.Journeys;

[Collection(DemoTests.Name)]
public sealed class SqliteAuditJourney(DemoFixture demo) : AuditJourney(demo);
