using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit.Ledger;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

/// <summary>What the database refuses changes by is looked at too, although nothing that is verified rests on it.</summary>
public sealed class GuardTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Missing_DatabaseAsItWasMade_None(DatabaseKind kind)
    {
        await using var bench = await AuditBench.CreateAsync(kind);
        await bench.AppendAsync(AnEvent.Many(3));
        await bench.SealAsync();

        Assert.Empty(await MissingAsync(bench));
    }

    [Theory]
    [InlineData("DROP TRIGGER audit_leaf_update", "trigger audit_leaf_update is gone")]
    [InlineData("DROP TRIGGER audit_event_delete; CREATE TRIGGER audit_event_delete BEFORE DELETE ON audit_event BEGIN SELECT 1; END", "trigger audit_event_delete is another")]
    [InlineData("INSERT INTO audit_permit (purpose) VALUES ('prune')", "audit_permit, which opens some of them, is not empty")]
    public async Task Missing_Sqlite_IsNamed(string statement, string expected)
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Sqlite);

        await bench.Database.ExecuteAsync(statement);

        Assert.Equal([expected], await MissingAsync(bench));
    }

    [Theory]
    [InlineData("DROP TRIGGER leaf_change ON audit.leaf", "trigger leaf_change of audit.leaf is gone")]
    [InlineData("ALTER TABLE audit.inbox DISABLE TRIGGER inbox_loss", "trigger inbox_loss of audit.inbox is off")]
    [InlineData("ALTER TABLE audit.receipt ENABLE TRIGGER receipt_change", "trigger receipt_change of audit.receipt is off")]
    [InlineData(
        "CREATE FUNCTION public.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; DROP TRIGGER gap_change ON audit.gap; CREATE TRIGGER gap_change BEFORE UPDATE ON audit.gap FOR EACH ROW EXECUTE FUNCTION public.nothing(); ALTER TABLE audit.gap ENABLE ALWAYS TRIGGER gap_change",
        "trigger gap_change of audit.gap is another")]
    [InlineData(
        "DO $$ BEGIN EXECUTE format('ALTER TABLE %s DISABLE TRIGGER event_truncate', (SELECT min(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = 'audit.event'::regclass)); END $$",
        "trigger event_truncate of audit.event_")]
    public async Task Missing_Postgres_IsNamed(string statement, string expected)
    {
        await using var bench = await AuditBench.CreateAsync(DatabaseKind.Postgres);
        await bench.SealAsync();

        await bench.Database.ExecuteAsync(statement);

        Assert.StartsWith(expected, Assert.Single(await MissingAsync(bench)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Verify_WithoutGuards_IsGood_AndSaysSo(DatabaseKind kind)
    {
        await using var log = await TamperedLog.CreateAsync(kind);

        var report = await log.VerifyAsync();

        Assert.True(report.IsGood);
        Assert.Contains(report.Notes, static n => n.StartsWith("The database itself does not refuse changes as it should: trigger ", StringComparison.Ordinal) && n.Contains(" more. ", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> MissingAsync(AuditBench bench)
    {
        await using var snapshot = await new LedgerSource(bench.Database.Database).OpenAsync(CancellationToken.None);
        return await snapshot.MissingGuardsAsync(CancellationToken.None);
    }
}
