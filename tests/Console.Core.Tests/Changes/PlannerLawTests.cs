using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using OpsConsole.Core.AuditTrail.Canonical;
using OpsConsole.Core.Changes;

namespace OpsConsole.Core.Tests.Changes;

/// <summary>What holds for any raw service and any change.</summary>
public sealed class PlannerLawTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void Plan_AnyServiceAnyChange_LeavesEveryPathOutsideItsDiffAsItWas() => Law(static (json, plan) =>
    {
        var before = Services.Leaves(JsonNode.Parse(json)!);
        var after = Services.Leaves(Services.Patch(json, plan));
        var allowed = plan.Settings.Select(static s => "/" + s.Path.Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)).ToList();
        foreach (var path in before.Keys.Union(after.Keys))
        {
            if (before.GetValueOrDefault(path) == after.GetValueOrDefault(path) || allowed.Exists(a => path == a || path.StartsWith(a + "/", StringComparison.Ordinal)))
            {
                continue;
            }

            // The old revision's name goes, and billing is said aloud: both mean what was there.
            var isName = path == "/template/revision" && !after.ContainsKey(path);
            var isSaid = path.EndsWith("/resources/cpuIdle", StringComparison.Ordinal) && !before.ContainsKey(path);
            Assert.True(isName || isSaid, $"{path}: {before.GetValueOrDefault(path)} -> {after.GetValueOrDefault(path)} of {plan.Change}");
        }
    });

    [Fact]
    public void Plan_TemplateChanges_SendNoRevisionNameAndSayBilling() => Law(static (json, plan) =>
    {
        var body = JsonNode.Parse(plan.Body)!;
        Assert.Null(body["template"]?["revision"]);
        Assert.Equal("\"CLmtssIGEMCopKUD/x\"", body["etag"]!.GetValue<string>());
        Assert.Equal(plan.NewRevision, plan.Mask.Contains("template.revision", StringComparer.Ordinal));
        var old = (JsonArray)JsonNode.Parse(json)!["template"]!["containers"]!;
        foreach (var (container, i) in ((body["template"]?["containers"] as JsonArray) ?? []).Select(static (c, i) => (c!, i)))
        {
            if (!JsonNode.DeepEquals(container["resources"], old[i]!["resources"]))
            {
                Assert.NotNull(container["resources"]!["cpuIdle"]);
            }
        }
    });

    [Fact]
    public void Plan_AnyChange_TouchesNothingButBillingOnSidecars() => Law(static (json, plan) =>
    {
        var before = Services.Leaves(JsonNode.Parse(json)!);
        var after = Services.Leaves(Services.Patch(json, plan));
        var sidecars = ((JsonArray)JsonNode.Parse(json)!["template"]!["containers"]!).Where(static c => c!["ports"] is null).Select(static c => $"/template/containers/{c!["name"]}/").ToList();
        foreach (var path in before.Keys.Union(after.Keys).Where(p => sidecars.Exists(s => p.StartsWith(s, StringComparison.Ordinal))))
        {
            Assert.True(before.GetValueOrDefault(path) == after.GetValueOrDefault(path) || path.EndsWith("/resources/cpuIdle", StringComparison.Ordinal), path);
        }
    });

    [Fact]
    public void Undo_RightAfterTheChange_BringsBackWhatWasThere() => Law(static (json, plan) =>
    {
        var now = Services.Patch(json, plan).ToJsonString();
        var undo = Undo.Of("c1", plan.Change.Title, plan.Settings, now, "");
        Assert.True(undo.IsOk, string.Join(' ', undo.Refusals));
        if (Planner.Plan(Input(now), undo.Change) is Planning.Ready back)
        {
            var restored = ServiceDocument.Parse(Services.Patch(now, back.Plan).ToJsonString())!;
            Assert.Empty(SettingDiff.Compare(ServiceDocument.Parse(json)!, restored));
        }
    });

    [Fact]
    public void Refusal_WithANearestChange_NamesOneThatIsAccepted() => Check(static (json, change) =>
    {
        foreach (var nearest in Refusals(json, change).Select(static r => r.Nearest).OfType<Change>())
        {
            Assert.Empty(Refusals(json, nearest));
        }
    });

    [Fact]
    public void Warning_WithAnotherChange_NamesOneThatIsAccepted() => Check(static (json, change) =>
    {
        var input = Input(json) with { Connections = new ConnectionBudget(10, 200) };
        foreach (var instead in (Planner.Plan(input, change) as Planning.Ready)?.Plan.Warnings.Select(static w => w.Instead).OfType<Change>() ?? [])
        {
            Assert.IsNotType<Planning.Refused>(Planner.Plan(input, instead));
        }
    });

    [Fact]
    public void ChangeJson_AnyChange_ReadsBackWhatItPrints() => Check(static (_, change) =>
        Assert.Equal(change, ChangeJson.Read(ChangeJson.Print(change))));

    [Fact]
    public void ChangeJson_AnyChange_ReadsBackFromTheSortedJsonOfTheTrail() => Check(static (_, change) =>
    {
        using var printed = JsonDocument.Parse(ChangeJson.Print(change));
        Assert.Equal(change, ChangeJson.Read(Encoding.UTF8.GetString(CanonicalJson.Write(printed.RootElement))));
    });

    private static PlanInput Input(string json) => new() { Resource = Services.Name, RawJson = json };

    private static IReadOnlyList<Refusal> Refusals(string json, Change change) =>
        Planner.Plan(Input(json), change) is Planning.Refused refused ? refused.Refusals : [];

    private static void Law(Action<string, Plan> holds) => Check((json, change) =>
    {
        if (Planner.Plan(Input(json), change) is Planning.Ready ready)
        {
            holds(json, ready.Plan);
        }
    });

    private static void Check(Action<string, Change> holds) =>
        Prop.ForAll(Services.ServicesAndChanges.ToArbitrary(), sample => holds(sample.Json, sample.Change)).Check(Many);
}
