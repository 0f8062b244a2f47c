using OpsConsole.Core.Storage;

namespace OpsConsole.Core.Tests.AuditTrail.Sealing;

/// <summary>Sealing in the file.</summary>
public sealed class SqliteSealerTests() : SealerContract(DatabaseKind.Sqlite)
{
    protected override async Task TakeAwayAsync(string statement)
    {
        foreach (var trigger in await Bench.Database.ListAsync<string>("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        {
            await Bench.Database.ExecuteAsync($"DROP TRIGGER {trigger}");
        }

        await Bench.Database.ExecuteAsync(statement);
    }
}
