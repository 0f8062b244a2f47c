namespace OpsConsole.E2E.Running;

/// <summary>Over PostgreSQL, as the superuser.</summary>
public sealed class PostgresTamperedFixture() : TamperedFixture(postgres: true);
