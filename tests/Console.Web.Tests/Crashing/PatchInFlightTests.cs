using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpsConsole.Core.AuditTrail;
using OpsConsole.Core.Storage;

namespace OpsConsole.Web.Tests.Crashing;

/// <summary>
/// Kills the console while its PATCH is on the wire: Google has not begun on it and never will, has it in hand and carries it out later, or has
/// carried it out and not answered yet.
/// </summary>
public sealed class PatchInFlightTests
{
    // Longer than any start of a console takes: what can still arrive is waited for.
    private const int Patient = 600;

    [Fact]
    public async Task Kill_WhileThePatchIsOnTheWire_IsSettledByWhatBecameOfIt_AndSentOnce()
    {
        await using var world = await CrashWorld.CreateAsync(DatabaseKind.Sqlite);
        await world.StartAsync();
        var (lost, late, unanswered) = (await SendAsync(world, 0, "hang"), await SendAsync(world, 1, "heldRequest"), await SendAsync(world, 2, "heldAnswer"));

        // The intent of each is on the record before Google has seen anything of it; of the last one Google has it all.
        Assert.Equal((0, 0, 1), (await WritesAsync(world, lost), await WritesAsync(world, late), await WritesAsync(world, unanswered)));
        await world.KillAsync();
        await world.StartAsync(Patient);

        // What was carried out is seen at once; what was not may still be on its way, and nobody is told that it failed.
        await world.ChangeIsAsync(unanswered.Id, "Succeeded recorded");
        Assert.Contains(" open ", (await world.DoAsync("look", late.Id))!.Text, StringComparison.Ordinal);
        Assert.Contains(" open ", (await world.DoAsync("look", lost.Id))!.Text, StringComparison.Ordinal);
        await RemoveAsync(world, late);
        await world.ChangeIsAsync(late.Id, "Succeeded recorded");
        Assert.Contains(" open ", (await world.DoAsync("look", lost.Id))!.Text, StringComparison.Ordinal);

        // The next start finds the one that is left, after its time.
        await world.KillAsync();
        await RemoveAsync(world, lost);
        await world.StartAsync();
        await world.ChangeIsAsync(lost.Id, "Failed recorded The change never took");

        Assert.Equal((0, 1, 1), (await WritesAsync(world, lost), await WritesAsync(world, late), await WritesAsync(world, unanswered)));
        foreach (var change in (InFlight[])[lost, late, unanswered])
        {
            Assert.Single(await world.OwnAsync(AuditActions.ChangeIntent, change.Resource));
            Assert.Single(await world.OwnAsync(AuditActions.ChangeOutcome, change.Resource));
        }

        // Whoever wants it all the same does it again: it is a change like any other.
        var again = (await world.DoAsync("change", lost.Resource, $$"""{"kind":"timeout","seconds":{{world.NextNumber()}}}"""))!.Text;
        await world.ChangeIsAsync(again, "Succeeded recorded");
        await world.HoldsInTheEndAsync();
    }

    private static async Task<InFlight> SendAsync(CrashWorld world, int service, string fault)
    {
        var resource = world.Services[service];
        using var added = await world.Google.PostAsJsonAsync(
            "simulator/faults", new JsonObject { ["kind"] = fault, ["method"] = "PATCH", ["path"] = $"/v2/{resource}", ["dryRun"] = false });
        added.EnsureSuccessStatusCode();
        var id = (string)(await added.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
        var change = (await world.DoAsync("change", resource, $$"""{"kind":"timeout","seconds":{{world.NextNumber()}}}"""))!.Text;
        await world.UntilAsync($"the PATCH of {resource} has arrived", async () =>
            (await world.Google.GetFromJsonAsync<JsonArray>("simulator/faults"))!.Any(f => (string?)f!["id"] == id && (int)f["met"]! == 1) ? null : "it has not");

        // "The answer is held" is seen when the write is there.
        await world.UntilAsync("it is carried out", async () => fault != "heldAnswer" || (await world.WritesAsync(resource)).Count == 1 ? null : "it is not");
        return new InFlight(resource, change, id);
    }

    private static async Task RemoveAsync(CrashWorld world, InFlight change)
    {
        using var removed = await world.Google.DeleteAsync(new Uri($"simulator/faults/{change.Fault}", UriKind.Relative));
        removed.EnsureSuccessStatusCode();
    }

    private static async Task<int> WritesAsync(CrashWorld world, InFlight change) => (await world.WritesAsync(change.Resource)).Count;

    private sealed record InFlight(string Resource, string Id, string Fault);
}
