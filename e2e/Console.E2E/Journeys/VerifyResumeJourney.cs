using Microsoft.Playwright;
using Npgsql;
using OpsConsole.Core.AuditTrail.Verification;
using OpsConsole.E2E.Running;
using static Microsoft.Playwright.Assertions;

namespace OpsConsole.E2E.Journeys;

/// <summary>A verification is cancelled while it waits for the database, and one that a kill of the console broke off is resumed after the restart.</summary>
public sealed class VerifyResumeJourney(PostgresTamperedFixture demo) : IClassFixture<PostgresTamperedFixture>
{
    [Fact]
    public async Task Verification_IsCancelled_AndResumedAfterTheConsoleWasKilled()
    {
        await demo.RunAsync("compliance", async page =>
        {
            await page.GotoAsync("/audit/verify");
            var verify = page.GetByRole(AriaRole.Button, new() { Name = "Verify all" });
            await verify.ClickAsync();
            await Expect(page.Locator(".verdict[data-problems='0']")).ToBeVisibleAsync(new() { Timeout = 60_000 });

            // Somebody holds the table: the verification waits, and is cancelled.
            await using (var database = new NpgsqlConnection(demo.Connection))
            {
                await database.OpenAsync();
                await using var held = await database.BeginTransactionAsync();
                await using (var take = new NpgsqlCommand("LOCK TABLE audit.event IN ACCESS EXCLUSIVE MODE", database, held))
                {
                    await take.ExecuteNonQueryAsync();
                }

                await verify.ClickAsync();
                await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress of the verification" })).ToBeVisibleAsync();
                await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
                await Expect(page.GetByText("Cancelled by Clara Weiss.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
            }

            await Expect(page.GetByText("It had not come to a signed checkpoint, so it begins anew.")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToHaveCountAsync(0);
        });

        // As a verification leaves it that was at its first checkpoint when the console was killed.
        var first = await ScalarAsync("SELECT min(size) FROM audit.checkpoint");
        await demo.RestartAsync(data =>
        {
            var bookmark = new VerifyBookmark(Path.Combine(data, "verification.json"));
            var cancelled = bookmark.Read()!;
            bookmark.Write(cancelled with { Reason = null, Progress = new VerifyProgress("Reading and hashing events", first, first + 10, 0) { At = first, End = first + 10 } });
        });
        await demo.RunAsync("compliance", async page =>
        {
            await page.GotoAsync("/audit/verify");
            await Expect(page.GetByText("The console ended while Clara Weiss was verifying.")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Resume at leaf" }).ClickAsync();
            await Expect(page.GetByText("were verified, and nothing was wrong with them, by a run that began")).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await Expect(page.Locator(".verdict[data-problems='0']")).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToHaveCountAsync(0);
        });
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var database = new NpgsqlConnection(demo.Connection);
        await database.OpenAsync();
        await using var command = new NpgsqlCommand(sql, database);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
