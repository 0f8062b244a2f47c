using OpsConsole.E2E.Running;

namespace OpsConsole.E2E.Journeys;

public sealed class SqliteEvidenceJourney(SqliteTamperedFixture demo) : EvidenceJourney(demo), IClassFixture<SqliteTamperedFixture>;
