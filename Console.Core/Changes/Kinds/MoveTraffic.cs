using System.Globalization;

namespace OpsConsole.Core.Changes.Kinds;

/// <summary>
/// Traffic to one revision in steps with waits between them, each a change of its own on the record. Planned and applied it is the
/// first step; <see cref="Moves.TrafficMover"/> takes the others.
/// </summary>
/// <param name="Revision">Short name; empty for the latest ready revision.</param>
/// <param name="Steps">Per cent after each step, rising.</param>
/// <param name="WaitSeconds">From the end of a step to the beginning of the next.</param>
public sealed record MoveTraffic(string Revision, IReadOnlyList<int> Steps, int WaitSeconds) : Change
{
    /// <summary>Most steps.</summary>
    public const int MostSteps = 20;

    /// <summary>Shortest wait: the error rate needs some requests to show.</summary>
    public const int ShortestWait = 10;

    /// <summary>Longest wait: a day.</summary>
    public const int LongestWait = 86_400;

    /// <inheritdoc />
    public override string Title => $"Move traffic to {Name(Revision)} in steps: {List(Steps)}, {Wait} apart";

    /// <summary>What follows the first step, in a sentence.</summary>
    internal string Rest => Steps.Count > 1
        ? $"Then {List([.. Steps.Skip(1)])}, each {Wait} after the step before, as long as nothing fails. It can be paused and stopped at any time."
        : "There is no further step.";

    private string Wait => WaitSeconds % 3600 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{WaitSeconds / 3600} h")
        : WaitSeconds % 60 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{WaitSeconds / 60} min")
        : string.Create(CultureInfo.InvariantCulture, $"{WaitSeconds} s");

    /// <summary>A revision in the middle of a sentence.</summary>
    public static string Name(string revision) => revision.Length == 0 ? "the latest revision" : revision;

    /// <summary>True for a step of this move.</summary>
    public bool Has(ShiftTraffic step) => step.Revision == Revision && Steps.Contains(step.Percent);

    /// <inheritdoc />
    public bool Equals(MoveTraffic? other) =>
        other is not null && Revision == other.Revision && WaitSeconds == other.WaitSeconds && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc />
    public override int GetHashCode() => Steps.Aggregate(HashCode.Combine(Revision, WaitSeconds), static (hash, step) => HashCode.Combine(hash, step));

    internal override void Edit(ServiceDocument document)
    {
        if (Steps.Count > 0)
        {
            new ShiftTraffic(Revision, Steps[0]).Edit(document);
        }
    }

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document)
    {
        var ordered = Steps.Where(static s => s is > 0 and <= 100).Distinct().Order().Take(MostSteps).ToList();
        if (Steps.Count == 0 || !Steps.SequenceEqual(ordered))
        {
            yield return new Refusal(
                "traffic",
                string.Create(CultureInfo.InvariantCulture, $"The steps rise from 1 to 100 %, {MostSteps} at most."),
                ordered.Count > 0 ? this with { Steps = ordered } : null);
            yield break;
        }

        if (WaitSeconds is < ShortestWait or > LongestWait)
        {
            yield return new Refusal("traffic", "Between two steps are 10 s to 24 h.", this with { WaitSeconds = Math.Clamp(WaitSeconds, ShortestWait, LongestWait) });
        }

        var present = ShiftTraffic.Share(document, Revision);
        if (Steps[0] <= present && present < 100)
        {
            var higher = Steps.Where(s => s > present).ToList();
            yield return new Refusal(
                "traffic",
                string.Create(CultureInfo.InvariantCulture, $"{Name(Revision)} receives {present} % already: the first step is above that."),
                higher.Count > 0 ? this with { Steps = higher } : null);
        }

        foreach (var refusal in new ShiftTraffic(Revision, Steps[0]).Refusals(input, document))
        {
            yield return refusal with { Nearest = null };
        }
    }

    private static string List(IReadOnlyList<int> steps) => string.Join(", ", steps.Select(static s => string.Create(CultureInfo.InvariantCulture, $"{s} %")));
}
