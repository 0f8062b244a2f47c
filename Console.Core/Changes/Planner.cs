using System.Text.Json.Nodes;
using OpsConsole.Core.Changes.Costs;
using OpsConsole.Core.Changes.Rules;
using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes;

/// <summary>
/// Turns a service as it was read and a change into a plan. Pure: the same input gives the same plan. The service is edited as raw
/// JSON, so that fields newer than this program survive; only what the mask names is sent.
/// </summary>
public static class Planner
{
    /// <summary>Plans a change, or says why not.</summary>
    public static Planning Plan(PlanInput input, Change change)
    {
        if (ServiceDocument.Parse(input.RawJson) is not { } before)
        {
            return new Planning.Refused([new Refusal("", "The service could not be read: its JSON is broken, or names a field twice. Reload it.")]);
        }

        var refusals = RuleBook.Check(change, input, before);
        if (refusals.Count > 0)
        {
            return new Planning.Refused(refusals);
        }

        var (after, settings) = Edit(before, change);
        if (settings.Count == 0)
        {
            return new Planning.Nothing("It is set so already: there is nothing to change.");
        }

        var newRevision = settings.Any(static s => s.IsOfTemplate);
        var effects = new PlanEffects(input, change, before, after, settings, newRevision);
        var mask = Mask(settings);
        return new Planning.Ready(new Plan
        {
            Resource = input.Resource,
            Change = change,
            Settings = settings,
            Mask = mask,
            Body = Body(input.RawJson, after, mask),
            Etag = ServiceDocument.Text(before.Root, "etag"),
            NewRevision = newRevision,
            LatestRevision = ResourceName.ShortName(ServiceDocument.Text(before.Root, "latestCreatedRevision")),
            Timing = effects.Timing(),
            Traffic = effects.Traffic(),
            Restarts = effects.Restarts(),
            Cost = CostEstimate.Of(before, after, input),
            Warnings = [.. PlanWarnings.Of(input, change, before, after, newRevision)],
            TypeToConfirm = after.IsManual && after.ManualCount == 0 && !(before.IsManual && before.ManualCount == 0) ? input.Resource.Id : null,
        });
    }

    /// <summary>Only what differs in meaning is written: an absent "off" stays absent when somebody switches off what is off.</summary>
    private static (ServiceDocument After, IReadOnlyList<SettingChange> Settings) Edit(ServiceDocument before, Change change)
    {
        var edited = before.Copy();
        change.Edit(edited);
        var settings = SettingDiff.Compare(before, edited);
        var after = before.Copy();
        foreach (var setting in settings)
        {
            SettingPath.Parse(setting.Path).Set(after.Root, setting.AfterJson is null ? null : JsonNode.Parse(setting.AfterJson));
        }

        SayBilling(before, after);
        return (after, settings);
    }

    // A container whose resources change says its billing from then on: absent would mean instance-based, whatever was meant.
    private static void SayBilling(ServiceDocument before, ServiceDocument after)
    {
        for (var i = 0; i < after.Containers.Count; i++)
        {
            if (after.Containers[i]["resources"] is JsonObject resources && resources["cpuIdle"] is null
                && i < before.Containers.Count && !JsonNode.DeepEquals(before.Containers[i]["resources"], resources))
            {
                resources["cpuIdle"] = ServiceDocument.CpuIdle(before.Containers[i]) && before.Containers[i]["resources"] is null;
            }
        }
    }

    /// <summary>As narrow as the API allows: a path cannot go into a list, and <c>template.revision</c> comes along so that the old name is cleared.</summary>
    private static IReadOnlyList<string> Mask(IReadOnlyList<SettingChange> settings)
    {
        SortedSet<string> mask = new(StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            var steps = SettingPath.Parse(setting.Path).Steps;
            var list = steps.TakeWhile(static s => s is not ("containers" or "labels" or "annotations" or "traffic")).Count();
            mask.Add(string.Join('.', steps.Take(list + 1)));
            if (setting.IsOfTemplate)
            {
                mask.Add("template.revision");
            }
        }

        return [.. mask];
    }

    private static string Body(string rawJson, ServiceDocument after, IReadOnlyList<string> mask) => RawBody.Print(
        rawJson,
        after.Root,
        ((string[])["name", "etag", .. mask.Where(static p => p != "template.revision")]).Select(SettingPath.Parse));
}
