using Microsoft.Extensions.Logging.Abstractions;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.AuditTrail.Notes;
using OpsConsole.Core.AuditTrail.Sealing;
using OpsConsole.Core.Storage;
using OpsConsole.Core.Storage.Audit;
using OpsConsole.Testing.AuditTrail;

namespace OpsConsole.Core.Tests.AuditTrail.Sealing;

/// <summary>Nothing is signed over a log that is not the one that was signed last: that would make the change a history of its own.</summary>
public sealed class SealGuardTests
{
    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Log_ThatIsAsItWasSigned_IsSealed(DatabaseKind kind)
    {
        await using var log = await TamperedLog.CreateAsync(kind);

        Assert.Null(await WhyNotAsync(log, AuditBench.LogKey));

        Assert.Equal(0L, (await log.RowsAsync("SELECT count(*) FROM audit.inbox"))[0][0]);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public Task Log_WithoutItsTail_IsNot(DatabaseKind kind) => RefusedAsync(
        kind,
        "A checkpoint of 620 leaves was signed, and the log has 600: its tail was cut off. Nothing more is sealed",
        AuditBench.LogKey,
        "DELETE FROM audit.leaf WHERE leaf_index >= 600",
        "DELETE FROM audit.event WHERE leaf_index >= 600");

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public Task Log_WithAnotherHash_IsNot(DatabaseKind kind) => RefusedAsync(
        kind,
        "The stored tree of 620 leaves does not have the root that was signed: it was changed. Nothing more is sealed",
        AuditBench.LogKey,
        "UPDATE audit.leaf SET hash = (SELECT hash FROM audit.leaf WHERE leaf_index = 3) WHERE leaf_index = 600");

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public Task Log_OfAnotherKey_IsNot(DatabaseKind kind) =>
        RefusedAsync(kind, "The last checkpoint, of 620 leaves, is not signed with this key", Keys.Of(AuditBench.Origin, 42));

    private static async Task RefusedAsync(DatabaseKind kind, string why, SigningKey key, params string[] tampering)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        foreach (var statement in tampering)
        {
            await log.ExecuteAsync(statement);
        }

        Assert.StartsWith(why, await WhyNotAsync(log, key), StringComparison.Ordinal);

        Assert.Equal(620L, (await log.RowsAsync("SELECT max(size) FROM audit.checkpoint"))[0][0]);
        Assert.Equal(2L, (await log.RowsAsync("SELECT count(*) FROM audit.inbox"))[0][0]);
    }

    // Both ways in: the console's sealer, and what the command line seals beside a stopped console.
    private static async Task<string?> WhyNotAsync(TamperedLog log, SigningKey key)
    {
        var keys = new LogKeys(AuditBench.Origin, [key]);
        var signals = new SealSignals();
        var store = new SealStore(log.Database, log.Time);
        var sealer = new Sealer(
            store, keys, new SealerOptions { Origin = AuditBench.Origin }, signals, new SealHealth(), new SystemEvents(new AuditStore(log.Database, log.Time, signals), log.Time), log.Time, NullLogger<Sealer>.Instance);
        try
        {
            Assert.True(await new WaitingEvents(store, sealer, keys).SealAsync(CancellationToken.None));
            return null;
        }
        catch (AuditUnavailableException e)
        {
            await using var session = await store.OpenAsync(CancellationToken.None);
            Assert.Equal(e.Message, (await Assert.ThrowsAsync<AuditUnavailableException>(() => sealer.SealAsync(session!, CancellationToken.None))).Message);
            return e.Message;
        }
    }
}
