using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary>The same in PostgreSQL, for the steps that are others there. A class of its own, so that both go at once.</summary>
public sealed class PostgresCrashPointTests
{
    [Fact]
    public async Task EveryStepOfItsOwn_InPostgres_KeepsItsPromises() =>
        await CrashPointTests.GoThroughAsync(DatabaseKind.Postgres, [.. CrashCases.Changes.Concat(CrashCases.Trail).Where(static c => c.InBoth)]);
}
