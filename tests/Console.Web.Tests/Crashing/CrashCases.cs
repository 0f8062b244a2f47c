using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Crashing;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary>How the console comes to each of its steps, and what must hold afterwards. Each change has a service of its own, so that its end is its own.</summary>
internal static class CrashCases
{
    /// <summary>Fewer make no full tile.</summary>
    private const int MoreThanATile = 300;

    /// <summary>What is done to services, in the order in which one database goes through them.</summary>
    public static IReadOnlyList<CrashCase> Changes { get; } =
    [
        Change(CrashStep.ChangeChecked, 0, null, writes: 0),
        Change(CrashStep.ChangeRecorded, 0, "Failed recorded The change never took", writes: 0),
        Change(CrashStep.ChangeSending, 1, "Failed recorded The change never took", writes: 0),
        Change(CrashStep.ChangeAnswered, 2, "Succeeded recorded", writes: 1) with { InBoth = true },
        Change(CrashStep.ChangeFollowed, 3, "Succeeded recorded", writes: 1),
        Change(CrashStep.ChangeEnded, 4, "Succeeded recorded", writes: 1),
        Undo(CrashStep.ChangeOutcomeRecorded, 5),
        Settling(6),
        Job(CrashStep.JobSending, "europe-west1/jobs/nightly-export", "Failed recorded It never took", executions: 0),
        Job(CrashStep.JobAnswered, "us-central1/jobs/invoice-run", "Succeeded recorded", executions: 1),
        Bulk(CrashStep.BulkRecorded, "ended NotBegun NotBegun", 7, 8),
        Bulk(CrashStep.BulkRowEnded, "ended Succeeded NotBegun", 7, 8),
        Bulk(CrashStep.BulkEnded, "ended Succeeded", 8),
        Approval(),
        Approved(),
        Move(CrashStep.MoveEnded, 9, "[100]", "Finished recorded Succeeded"),
        Move(CrashStep.MoveStepDue, 10, "[50,100]", "Finished recorded Succeeded Succeeded", after: 1),
        Ingestion(5),
    ];

    /// <summary>What the audit trail does, the same.</summary>
    public static IReadOnlyList<CrashCase> Trail { get; } =
    [
        Append(CrashStep.AppendReceived, "recorded"),
        Append(CrashStep.AppendWritten, "recorded") with { Drive = AppendOrActAsync, InBoth = true },
        Append(CrashStep.AppendCommitted, "duplicate") with { InBoth = true },
        OwnAct(CrashStep.OwnActWritten, isThere: false) with { InBoth = true },
        OwnAct(CrashStep.OwnActCommitted, isThere: true),
        Seal(CrashStep.SealBatchRead),
        Seal(CrashStep.SealLeavesWritten) with { InBoth = true },
        Seal(CrashStep.SealTilesWritten) with { InBoth = true },
        Seal(CrashStep.SealBatchWritten) with { InBoth = true },
        Seal(CrashStep.SealCommitted) with { InBoth = true },
        Seal(CrashStep.CheckpointSigned),
        Seal(CrashStep.CheckpointWritten) with { InBoth = true },
        Seal(CrashStep.CheckpointCommitted) with { InBoth = true },
        Seal(CrashStep.IndexWritten) with { InBoth = true },
        Seal(CrashStep.IndexCommitted),
        Seal(CrashStep.AnchorFileWritten),
        Seal(CrashStep.AnchorKept),
        Seal(CrashStep.AnchorRecorded),
        Seal(CrashStep.CosignatureReceived),
        Seal(CrashStep.CosignatureRecorded),

        Retention(CrashStep.RetentionBegun),
        Retention(CrashStep.RetentionWritten) with { InBoth = true },
        Retention(CrashStep.RetentionCarriedOut) with { InBoth = true },
        Retention(CrashStep.RetentionMarked),
    ];

    private static CrashCase Append(CrashStep step, string again) => new(step, static world => world.AppendAsync(3))
    {
        After = async world =>
        {
            // In PostgreSQL an append is one statement: the transaction that the process can die in is another act's.
            if (world.Unanswered.Count > 0)
            {
                Assert.All(await world.AgainAsync(), status => Assert.Equal(again, status));
            }
        },
    };

    private static async Task AppendOrActAsync(CrashWorld world)
    {
        if (await world.AppendAsync(3))
        {
            await world.TryAsync("role", "written@acme.example");
        }
    }

    private static CrashCase OwnAct(CrashStep step, bool isThere)
    {
        var whom = $"{step}@acme.example".ToLowerInvariant();
        return new(step, world => world.TryAsync("role", whom))
        {
            After = async world =>
            {
                Assert.Equal(isThere ? 1 : 0, (await world.OwnAsync(AuditActions.RoleAssign)).Count(r => r.Event.Details!.Value.GetRawText().Contains(whom, StringComparison.Ordinal)));

                // Whoever does it again, because no answer came, gets told that it is so, or does it now.
                Assert.Equal(!isThere, (await world.TryAsync("role", whom))!.Ok);
            },
        };
    }

    private static string Timeout(CrashWorld world) => $$"""{"kind":"timeout","seconds":{{world.NextNumber()}}}""";

    private static CrashCase Change(CrashStep step, int service, string? end, int writes) => new(step, world => world.TryAsync("change", world.Services[service], Timeout(world)))
    {
        After = async world =>
        {
            var resource = world.Services[service];
            Assert.Equal(end is null ? 0 : 1, (await world.OwnAsync(AuditActions.ChangeIntent, resource)).Count);
            Assert.Equal(writes, (await world.WritesAsync(resource)).Count);
            if (end is null)
            {
                return;
            }

            // Until it is looked up, nobody is told that it ended.
            var id = await world.NewestIntentAsync(resource);
            var now = (await world.DoAsync("look", id))!.Text;
            Assert.True(now.Contains(" open ", StringComparison.Ordinal) || now.StartsWith(end, StringComparison.Ordinal), now);
            world.Later.Add((step, async () =>
            {
                await world.ChangeIsAsync(id, end);
                Assert.Equal(writes, (await world.WritesAsync(resource)).Count);
                Assert.Single(await world.OwnAsync(AuditActions.ChangeOutcome, resource));
            }
            ));
        },
    };

    // The change that takes another back is one like any other: it dies after its outcome was recorded.
    private static CrashCase Undo(CrashStep step, int service)
    {
        var first = "";
        return new(step, async world => await world.TryAsync("undo", first))
        {
            Before = async world =>
            {
                first = (await world.DoAsync("change", world.Services[service], Timeout(world)))!.Text;
                await world.ChangeIsAsync(first, "Succeeded recorded");
            },
            After = async world =>
            {
                var resource = world.Services[service];
                await world.ChangeIsAsync(await world.NewestIntentAsync(resource), "Succeeded recorded");
                Assert.Equal(2, (await world.OwnAsync(AuditActions.ChangeOutcome, resource)).Count);
                Assert.Equal(2, (await world.WritesAsync(resource)).Count);
            },
        };
    }

    // Two deaths: one leaves a change open, and the start that looks it up dies too.
    private static CrashCase Settling(int service) => new(CrashStep.ChangeSettled, static _ => Task.CompletedTask)
    {
        AtStart = true,
        Before = async world =>
        {
            await world.DoAsync("arm", nameof(CrashStep.ChangeAnswered));
            await world.TryAsync("change", world.Services[service], Timeout(world));
            await world.DiedAsync();
        },
        After = async world =>
        {
            var resource = world.Services[service];
            var id = await world.NewestIntentAsync(resource);
            await world.ChangeIsAsync(id, "Succeeded recorded");
            Assert.Single(await world.WritesAsync(resource));
            Assert.Single(await world.OwnAsync(AuditActions.ChangeOutcome, resource));
        },
    };

    private static CrashCase Job(CrashStep step, string job, string end, int executions)
    {
        var resource = $"projects/acme-prod/locations/{job}";
        var before = 0;
        return new(step, world => world.TryAsync("change", resource, """{"kind":"run-job"}"""))
        {
            Before = async world => before = await ExecutionsAsync(world, resource),
            After = async world =>
            {
                var id = await world.NewestIntentAsync(resource);
                world.Later.Add((step, async () =>
                {
                    await world.ChangeIsAsync(id, end);
                    Assert.Equal(before + executions, await ExecutionsAsync(world, resource));
                }
                ));
            },
        };
    }

    private static async Task<int> ExecutionsAsync(CrashWorld world, string job) =>
        (await world.Google.GetFromJsonAsync<JsonObject>($"v2/{job}/executions"))!["executions"]!.AsArray().Count;

    private static CrashCase Bulk(CrashStep step, string end, params int[] services) =>
        new(step, world => world.TryAsync(["bulk", Timeout(world), .. services.Select(s => world.Services[s])]))
        {
            After = async world =>
            {
                var id = (await world.OwnAsync(AuditActions.ChangeBulk))[^1].Event.Id;
                world.Later.Add((step, () => world.UntilAsync(
                    $"bulk {step}", async () => (await world.DoAsync("bulk-look", id))!.Text is var text && text == end ? null : $"not '{end}' but '{text}'")));
            },
        };

    private static CrashCase Approval()
    {
        var change = "";
        return new(CrashStep.ApprovalAsked, world => world.TryAsync("ask", world.Guarded, change = Timeout(world)))
        {
            After = async world =>
            {
                var asked = Assert.Single(await world.OwnAsync(AuditActions.ApprovalRequest));
                Assert.Equal(asked.Event.Id, (await world.DoAsync("ask", world.Guarded, change))!.Text);
                Assert.Single(await world.OwnAsync(AuditActions.ApprovalRequest));
                Assert.Empty(await world.OwnAsync(AuditActions.ChangeIntent, world.Guarded));
            },
        };
    }

    private static CrashCase Approved() =>
        new(CrashStep.ApprovalDecided, async world => await world.TryAsync("approve", (await world.OwnAsync(AuditActions.ApprovalRequest))[^1].Event.Id))
        {
            After = world =>
            {
                var resource = world.Guarded;
                world.Later.Add((CrashStep.ApprovalDecided, async () =>
                {
                    await world.UntilAsync("the approved change begins", async () => (await world.OwnAsync(AuditActions.ChangeIntent, resource)).Count == 0 ? "it has not" : null);
                    await world.ChangeIsAsync(await world.NewestIntentAsync(resource), "Succeeded recorded");
                    Assert.Single(await world.OwnAsync(AuditActions.ChangeIntent, resource));
                    Assert.Single(await world.OwnAsync(AuditActions.ApprovalDecision));
                }
                ));
                return Task.CompletedTask;
            },
        };

    private static CrashCase Move(CrashStep step, int service, string steps, string end, int after = 0) =>
        new(step, world => world.TryAsync("change", world.Services[service], $$"""{"kind":"move-traffic","revision":"","steps":{{steps}},"waitSeconds":10}"""))
        {
            Before = async world =>
            {
                var revisions = await world.Google.GetFromJsonAsync<JsonObject>($"v2/{world.Services[service]}/revisions");
                var older = ((string)revisions!["revisions"]![1]!["name"]!).Split('/')[^1];
                var back = (await world.DoAsync("change", world.Services[service], $$"""{"kind":"route-to-revision","revision":"{{older}}"}"""))!.Text;
                await world.ChangeIsAsync(back, "Succeeded recorded");
            },
            After = async world =>
            {
                var resource = world.Services[service];
                var id = (await world.OwnAsync(AuditActions.ChangeIntent, resource))[1].Event.Id;
                var writes = (await world.WritesAsync(resource)).Count;
                Assert.Equal(2, writes);
                world.Later.Add((step, async () =>
                {
                    await world.UntilAsync($"move {step}", async () => (await world.DoAsync("move-look", resource, id))!.Text is var text && text == end ? null : $"not '{end}' but '{text}'");
                    Assert.Equal(writes + after, (await world.WritesAsync(resource)).Count);
                }
                ));
            },
        };

    // Whatever was written since the console looked last at Google's log is new to the next one.
    private static CrashCase Ingestion(int service) => new(CrashStep.IngestionAppended, static _ => Task.CompletedTask)
    {
        AtStart = true,
        Before = async world => await world.ChangeIsAsync((await world.DoAsync("change", world.Services[service], Timeout(world)))!.Text, "Succeeded recorded"),
    };

    private static CrashCase Seal(CrashStep step) => new(step, static world => world.AppendAsync(MoreThanATile));

    private static CrashCase Retention(CrashStep step)
    {
        var request = "";
        var erased = "";
        return new(step, world => world.TryAsync("decide", request))
        {
            Before = async world =>
            {
                await world.AppendAsync(1, untilSealed: true);
                erased = world.LastEvent;
                request = (await world.DoAsync("erase", CrashWorld.Workspace, erased))!.Text;
            },
            After = world => world.UntilAsync($"{erased} is erased", async () =>
                await world.CountAsync($"""
                    FROM audit.disclosure d JOIN audit.leaf l ON l.leaf_index = d.leaf_index JOIN audit.receipt r ON r.seq = l.seq
                    WHERE r.workspace = '{CrashWorld.Workspace}' AND r.id = '{erased}'
                    """) > 0 ? "it is not" : null),
        };
    }
}
