using OpsConsole.E2E.Running;

namespace OpsConsole.E2E.Journeys;

public sealed class PostgresEvidenceJourney(PostgresTamperedFixture demo) : EvidenceJourney(demo), IClassFixture<PostgresTamperedFixture>;
