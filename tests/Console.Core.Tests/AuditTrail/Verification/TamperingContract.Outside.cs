using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.Core.Storage;
using OpsConsole.Testing.AuditTrail;
using Kind = OpsConsole.Core.AuditTrail.Verification.VerifyProblemKind;

namespace OpsConsole.Core.Tests.AuditTrail.Verification;

/// <content>Checkpoints, cosignatures, the tail and all of the history: what others outside hold shows it.</content>
public abstract partial class TamperingContract
{
    [Fact]
    public async Task Checkpoint_NoteChanged_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "checkpoint", "note", "size = 300", at: 3);

        Assert.Contains((await log.VerifyAsync()).Problems, static p => p.Kind is Kind.CheckpointChanged or Kind.CheckpointSignature && p.Index == 299);
    }

    [Fact]
    public async Task Checkpoint_RootChanged_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "checkpoint", "root", "size = 300");

        Named(await log.VerifyAsync(), Kind.CheckpointChanged, 299);
    }

    [Fact]
    public async Task Checkpoint_TimeChanged_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync(kind == DatabaseKind.Sqlite
            ? "UPDATE audit.checkpoint SET signed_at = signed_at - 3600000000 WHERE size = 300"
            : "UPDATE audit.checkpoint SET signed_at = signed_at - interval '1 hour' WHERE size = 300");

        Named(await log.VerifyAsync(), Kind.CheckpointChanged, 299);
    }

    [Fact]
    public async Task Anchor_ThatCannotBeRead_IsNamed_AndSilencesNoOther()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        var before = (await log.VerifyAsync()).Anchors;
        var file = Path.Combine(log.Folder, "anchors", "0000000000000000001.checkpoint");
        File.CreateSymbolicLink(file, file);

        var report = await log.VerifyAsync();

        Assert.Equal(before, report.Anchors);
        var problem = Assert.Single(report.Problems);
        Assert.Equal(Kind.AnchorUnreadable, problem.Kind);
        Assert.Contains(file, problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anchor_TakenOutOfItsFolder_IsMissed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        var folder = Directory.CreateDirectory(Path.Combine(log.Folder, "more")).FullName;
        foreach (var size in TamperedLog.Checkpoints.Where(static s => s != 300))
        {
            File.Copy(Path.Combine(log.Folder, "anchors", $"{size:D20}.checkpoint"), Path.Combine(folder, $"{size:D19}.checkpoint"));
        }

        log.Trust = log.Trust with { AnchorFolders = [folder] };
        await log.ExecuteAsync($"INSERT INTO audit.anchor (size, name, at) SELECT size, 'folder:{folder}', signed_at FROM audit.checkpoint");

        var report = await log.VerifyAsync();

        Assert.Empty(report.Problems);
        Assert.Contains(report.NotVerified, s => s.Contains($"{folder} lacks 1 of the checkpoints that were put into it, the first of size 300", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Checkpoint_Deleted_IsFoundByTheAnchor()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.cosignature WHERE size = 300");
        await log.ExecuteAsync("DELETE FROM audit.anchor WHERE size = 300");
        await log.ExecuteAsync("DELETE FROM audit.checkpoint WHERE size = 300");

        Named(await log.VerifyAsync(), Kind.CheckpointMissing, 299);
    }

    [Fact]
    public async Task Checkpoint_NewestDeleted_IsFoundWithoutAnyAnchor()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        log.Trust = log.Trust with { AnchorFolders = [], Witnesses = [] };
        await log.ExecuteAsync("DELETE FROM audit.cosignature");
        await log.ExecuteAsync("DELETE FROM audit.anchor WHERE size > 560");
        await log.ExecuteAsync("DELETE FROM audit.checkpoint WHERE size > 560");
        log.Time.Advance(TimeSpan.FromMinutes(10));

        Named(await log.VerifyAsync(), Kind.Unsigned, 560);
    }

    [Theory]
    [InlineData("line", Kind.CosignatureChanged)]
    [InlineData("name", Kind.CosignatureChanged)]
    public async Task Cosignature_Changed_IsNamed(string column, Kind expected)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "cosignature", column, "size = 300", at: column == "line" ? 40 : 2);

        Named(await log.VerifyAsync(), expected, 299);
    }

    [Fact]
    public async Task Cosignature_TimeChanged_IsNamed()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ChangeAsync(log, "cosignature", "at", "size = 560");

        Named(await log.VerifyAsync(), Kind.CosignatureChanged, 559);
    }

    [Fact]
    public async Task Cosignature_OfTheNewestRemoved_IsFoundByTheWitness()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await log.ExecuteAsync("DELETE FROM audit.cosignature WHERE size = 620");
        log.Time.Advance(TimeSpan.FromMinutes(10));

        Named(await log.VerifyAsync(), Kind.CosignatureChanged, 619);
    }

    [Fact]
    public async Task Tail_Cut_IsNamedWithBothSizes()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await CutAsync(log, 600, checkpoints: false);

        var problem = Named(await log.VerifyAsync(), Kind.TailCut, 600);
        Assert.Equal(("620", "600"), (problem.Expected, problem.Found));
        Assert.Equal(619, problem.LastIndex);
    }

    [Fact]
    public async Task Tail_CutWithItsCheckpoints_IsFoundOutside()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await CutAsync(log, 560, checkpoints: true);

        var report = await log.VerifyAsync();
        var problems = report.Problems.Where(static p => p.Kind == Kind.RolledBack).ToList();
        Assert.Equal(2, problems.Count);
        Assert.All(problems, static p => Assert.Equal((560L, "620", "560"), (p.Index!.Value, p.Expected, p.Found)));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(256, 512)]
    [InlineData(500, 600)]
    public async Task Tail_Cut_IsSeenByTheVerificationOfARange(long from, long to)
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        var range = new VerifyRequest { FromIndex = from, ToIndex = to, SealerIsStopped = true };
        var good = await log.VerifyAsync(range);
        Assert.True(good.IsGood, Print(good));
        Assert.Contains("that the log does not end before what was signed, anchored or witnessed", good.Verified);

        await CutAsync(log, 600, checkpoints: false);
        Named(await log.VerifyAsync(range), Kind.TailCut, 600);
        await CutAsync(log, 560, checkpoints: true);
        Assert.Equal(2, (await log.VerifyAsync(range)).Problems.Count(static p => p is { Kind: Kind.RolledBack, Index: 560 }));
    }

    [Fact]
    public async Task History_RewrittenAndSignedWithTheStolenKey_IsAForkToAnchorsAndWitness()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ForgedHistory.WriteAsync(log, AuditBench.LogKey);

        var report = await log.VerifyAsync();
        Assert.Contains(report.Problems, static p => p.Kind == Kind.Fork && p.Sentence.StartsWith("The witness", StringComparison.Ordinal));
        Assert.Contains(report.Problems, static p => p.Kind == Kind.Fork && p.Sentence.StartsWith("The anchor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_RewrittenAndSignedWithAnotherKey_IsNotSignedAsItShouldBe()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        await ForgedHistory.WriteAsync(log, Keys.Of(AuditBench.Origin, 77));

        Assert.Contains((await log.VerifyAsync()).Problems, static p => p.Kind == Kind.CheckpointSignature);
    }

    [Fact]
    public async Task History_RewrittenWithANewKeyFile_IsFoundByTheAnchors()
    {
        await using var log = await TamperedLog.CreateAsync(kind);
        var key = Keys.Of(AuditBench.Origin, 77);
        await ForgedHistory.WriteAsync(log, key);
        log.Trust = log.Trust with { LogKeys = [key.AsLog().Key] };

        var report = await log.VerifyAsync();
        Assert.Contains(report.Problems, static p => p.Kind == Kind.AnchorUnreadable);
        Assert.Contains(report.Problems, static p => p.Kind == Kind.Fork);
    }
}
