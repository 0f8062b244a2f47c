using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using OpsConsole.Core.Storage.Audit;

namespace OpsConsole.Core.Storage.Migrations.Postgres;

/// <summary>The audit trail. Written by hand: its tables are not entities, so the model does not change with it.</summary>
[DbContext(typeof(PostgresConsoleDb))]
[Migration("20261122114500_Audit")]
internal sealed class Audit : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(AuditSchema.Read("postgres"));
}
