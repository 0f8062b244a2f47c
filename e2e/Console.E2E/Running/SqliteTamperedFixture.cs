namespace OpsConsole.E2E.Running;

/// <summary>Over the SQLite file.</summary>
public sealed class SqliteTamperedFixture() : TamperedFixture(postgres: false);
