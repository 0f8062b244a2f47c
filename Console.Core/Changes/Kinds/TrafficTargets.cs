using OpsConsole.Core.CloudRun;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>Whether revisions can take traffic at all.</summary>
internal static class TrafficTargets
{
    /// <summary>Refuses names that are no revision of the service, and revisions that never got ready.</summary>
    public static IEnumerable<Refusal> Check(PlanInput input, IEnumerable<string> revisions)
    {
        // Where the revisions could not be read, the API decides.
        if (input.Revisions.Count == 0)
        {
            yield break;
        }

        foreach (var name in revisions.Where(static r => r.Length > 0))
        {
            var revision = input.Revisions.FirstOrDefault(r => r.Name.Id == name);
            if (revision is null)
            {
                yield return new Refusal("traffic", $"There is no revision {name} of this service (any more).");
            }
            else if (revision.Ready?.State == ConditionState.Failed)
            {
                yield return new Refusal("traffic", $"The revision {name} did not get ready, so that it cannot serve: {revision.Ready.Message}".TrimEnd(' ', ':'));
            }
        }
    }
}
