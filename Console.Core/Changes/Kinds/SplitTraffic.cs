namespace OpsConsole.Core.Changes.Kinds;

/// <summary>Traffic by per cent to several revisions. https://cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration.</summary>
/// <param name="Shares">Their sum is 100.</param>
public sealed record SplitTraffic(IReadOnlyList<TrafficShare> Shares) : Change
{
    /// <inheritdoc />
    public override string Title =>
        $"Split traffic: {string.Join(", ", Shares.Select(static s => $"{s.Percent} % to {(s.Revision.Length == 0 ? "the latest" : s.Revision)}"))}";

    /// <inheritdoc />
    public bool Equals(SplitTraffic? other) => other is not null && Shares.SequenceEqual(other.Shares);

    /// <inheritdoc />
    public override int GetHashCode() => Shares.Aggregate(0, static (hash, share) => HashCode.Combine(hash, share));

    internal override void Edit(ServiceDocument document) =>
        TrafficList.Set(document, [.. Shares.Select(static s => (s.Revision, s.Percent))]);

    // The last share that can carry the difference does; null where none can.
    private SplitTraffic? Nearest(long sum)
    {
        for (var i = Shares.Count - 1; i >= 0 && Shares.All(static s => s.Percent is >= 0 and <= 100); i--)
        {
            if (Shares[i].Percent + 100 - sum is >= 0 and <= 100 and var percent)
            {
                var shares = Shares.ToList();
                shares[i] = shares[i] with { Percent = (int)percent };
                return new SplitTraffic(shares);
            }
        }

        return null;
    }

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document)
    {
        var sum = Shares.Sum(static s => (long)s.Percent);
        if (sum != 100 || Shares.Any(static s => s.Percent is < 0 or > 100))
        {
            yield return new Refusal("traffic", $"The shares must be 0 to 100 % each and make 100 % together; they make {sum} %.", Nearest(sum));
        }

        if (Shares.GroupBy(static s => s.Revision, StringComparer.Ordinal).Any(static g => g.Count() > 1))
        {
            yield return new Refusal("traffic", "A revision is named twice.");
        }

        foreach (var refusal in TrafficTargets.Check(input, Shares.Where(static s => s.Percent > 0).Select(static s => s.Revision)))
        {
            yield return refusal;
        }
    }
}
