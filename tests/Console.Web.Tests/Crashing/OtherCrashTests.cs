using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Crashing;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.Storage;
using OpsConsole.Web.Commands;
using OpsConsole.Web.Commands.Audit;
using OpsConsole.Web.Hosting;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary>The steps at which other processes than the serving console die, and those that need a database of their own.</summary>
public sealed class OtherCrashTests
{
    /// <summary>What the tests of this class kill at.</summary>
    internal static IReadOnlyList<CrashStep> Steps { get; } =
    [
        CrashStep.MigrationBegun, CrashStep.MigrationDone, CrashStep.ExportRecorded, CrashStep.ExportWritten, CrashStep.ExportRenamed, CrashStep.SealMissingTold,
    ];

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Migration_KilledTwice_IsDoneByTheThirdStart(DatabaseKind kind)
    {
        var folder = Directory.CreateTempSubdirectory("opsconsole-crash-");
        string[] verb =
        [
            "audit", "token", "list", "--data", folder.FullName,
            .. kind == DatabaseKind.Sqlite ? Array.Empty<string>() : ["--set", $"Database:Connection={await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync()}"],
        ];
        foreach (var step in (CrashStep[])[CrashStep.MigrationBegun, CrashStep.MigrationDone])
        {
            await using var killed = CrashingProcess.Start(["--crash-at", step.ToString(), .. verb]);
            await killed.DiedAsync();
        }

        await using var third = CrashingProcess.Start(verb);
        Assert.True(await third.EndAsync() == 0, third.Output);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task ExportAndMissingEvents_KilledAtEveryStep_AreToldOnce()
    {
        await using var world = await CrashWorld.CreateAsync(DatabaseKind.Sqlite);
        await world.StartAsync();
        Assert.True(await world.AppendAsync(5, untilSealed: true));
        await world.KillAsync();
        await ExportAsync(world);
        await MissingAsync(world);
    }

    private static async Task ExportAsync(CrashWorld world)
    {
        var bundle = Path.Combine(world.Files, "evidence.zip");
        foreach (var step in (CrashStep[])[CrashStep.ExportRecorded, CrashStep.ExportWritten, CrashStep.ExportRenamed])
        {
            File.Delete(bundle);
            await world.RunAndDieAsync(step, "audit", "export", "--out", bundle);

            // There under its name is only what is whole.
            Assert.Equal(step == CrashStep.ExportRenamed, File.Exists(bundle));
            if (step == CrashStep.ExportRenamed)
            {
                Assert.Equal(0, Verify(bundle));
            }
        }

        // Each attempt is on the record, with the outcome of none.
        Assert.All(await world.OwnAsync(AuditActions.AuditExport), static r => Assert.Equal(AuditOutcome.Unknown, r.Event.Outcome));
        Assert.Equal(3, (await world.OwnAsync(AuditActions.AuditExport)).Count);

        // The next one works, and takes the remains away.
        using var output = new StringWriter();
        var settings = new CommandLineSettings { Data = world.Database.Folder, Set = world.Settings() };
        Assert.Equal(0, await ExportCommand.RunAsync(new ExportArguments(settings, null, null, null, bundle, null, []), output, output, isTerminal: false, default));
        Assert.Equal(0, Verify(bundle));
        Assert.Empty(Directory.GetFiles(world.Files, ".*.part*"));
        Assert.Equal("", await world.ProblemsAsync());
    }

    private static int Verify(string bundle)
    {
        using var output = new StringWriter();
        return VerifyCommand.Run(bundle, [], null, output, output, isTerminal: false, default);
    }

    private static async Task MissingAsync(CrashWorld world)
    {
        // The sealer dies with its own first event in the inbox, and somebody takes that away.
        await world.StartAndDieAsync(CrashStep.SealBatchRead);
        var gone = await world.Database.ScalarAsync<long>("SELECT max(seq) FROM audit.inbox");
        await world.Database.ExecuteAsync("DROP TRIGGER audit_inbox_delete; DELETE FROM audit.inbox WHERE seq = (SELECT max(seq) FROM audit.inbox)");
        await world.StartAndDieAsync(CrashStep.SealMissingTold);
        await world.StartAsync();
        await world.UntilAsync("the missing event has its leaf", async () => await world.CountAsync($"FROM audit.leaf WHERE seq = {gone}") == 1 ? null : "it has none");
        Assert.True(await world.AppendAsync(1, untilSealed: true));

        Assert.Equal(1, await world.CountAsync($"FROM audit.leaf WHERE seq = {gone}"));
        Assert.Single(await world.OwnAsync(AuditActions.Incident), r => r.Event.Id == $"missing-{gone}");
        Assert.StartsWith("exit code 1", await world.ProblemsAsync(), StringComparison.Ordinal);
    }
}
