using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary>The steps of changes. A class of its own, so that both go at once.</summary>
public sealed class ChangeCrashPointTests
{
    [Fact]
    public async Task EveryStepOfAChange_KeepsItsPromises() => await CrashPointTests.GoThroughAsync(DatabaseKind.Sqlite, CrashCases.Changes);
}
