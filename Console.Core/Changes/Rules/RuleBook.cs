using OpsConsole.Core.Changes.Kinds;

namespace OpsConsole.Core.Changes.Rules;

/// <summary>
/// All rules, and what they say of a change. A rule that was broken before the change is not held against it, unless the change
/// sets that very value: Google's rules loosen with time, and this list must not stand in the way of a service that runs.
/// </summary>
internal static class RuleBook
{
    /// <summary>Mending one rule can break another (more CPU asks for more memory): so many rounds, then there is no nearest.</summary>
    private const int Rounds = 6;

    private static readonly IRule[] All =
    [
        new CpuAmountRule(), new SmallCpuRule(), new SmallMemoryRule(), new CpuMemoryRule(), new GpuRule(), new Gen1VolumesRule(),
        new ConcurrencyRule(), new TimeoutRule(), new InstanceCountRule(),
    ];

    /// <summary>What stands against a change, with the nearest change that the rules accept.</summary>
    public static IReadOnlyList<Refusal> Check(Change change, PlanInput input, ServiceDocument before) =>
        [.. Find(change, input, before).Select(r => r.Nearest is null ? r : r with { Nearest = Settle(r.Nearest, input, before) })];

    /// <summary>Refusals, each with its own next step.</summary>
    private static List<Refusal> Find(Change change, PlanInput input, ServiceDocument before)
    {
        var own = change.Refusals(input, before).ToList();
        return own.Count > 0 ? own
            : [.. Violations(change, input, before).Select(v => new Refusal(v.Path, v.Reason, v.Fix is null ? null : Several.Of(change, v.Fix)))];
    }

    /// <summary>Goes on from step to step until nothing stands against the change; null where that does not happen.</summary>
    private static Change? Settle(Change change, PlanInput input, ServiceDocument before)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var found = Find(change, input, before);
            if (found.Count == 0)
            {
                return change;
            }

            if (found[0].Nearest is not { } next || next == change)
            {
                return null;
            }

            change = next;
        }

        return null;
    }

    private static IEnumerable<Violation> Violations(Change change, PlanInput input, ServiceDocument before)
    {
        if (before.Template?["containers"] is null)
        {
            yield break;
        }

        var after = before.Copy();
        change.Edit(after);
        var paths = SettingDiff.Compare(before, after).Select(static s => s.Path).ToList();
        bool Changed(string end) => paths.Exists(p => p.EndsWith(end, StringComparison.Ordinal));

        foreach (var rule in All)
        {
            if (rule.Find(after, Changed) is { } violation && (rule.Find(before, static _ => false) is null || Sets(paths, violation.Path)))
            {
                yield return violation;
            }
        }

        if (input.Quota is { } quota && QuotaRule.Find(after, quota) is { } over && QuotaRule.Find(before, quota) is null)
        {
            yield return over;
        }
    }

    // Whether the change writes the very setting that a rule speaks of; a refusal names it without the container.
    private static bool Sets(List<string> paths, string violated) => paths.Exists(p => Plain(p) == violated);

    private static string Plain(string path)
    {
        var steps = SettingPath.Parse(path).Steps;
        return string.Join('.', steps.Where((_, i) => i == 0 || steps[i - 1] != "containers"));
    }
}
