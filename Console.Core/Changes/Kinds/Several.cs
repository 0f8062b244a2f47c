namespace OpsConsole.Core.Changes.Kinds;

/// <summary>Several settings in one write: one new revision instead of one each, and pairs that are legal only together.</summary>
/// <param name="Changes">In order; of two that set the same, the later one wins.</param>
public sealed record Several(IReadOnlyList<Change> Changes) : Change
{
    /// <inheritdoc />
    public override string Title => string.Join("; ", Changes.Select(static c => c.Title));

    /// <summary>A change and an addition to it as one flat change; what sets the same as the addition gives way.</summary>
    public static Change Of(Change change, Change addition)
    {
        IReadOnlyList<Change> parts = change is Several several ? several.Changes : [change];
        List<Change> all = [.. parts.Select(p => p.GetType() == addition.GetType() ? Merge(p, addition) : p)];
        if (all.TrueForAll(p => p.GetType() != addition.GetType()))
        {
            all.Add(addition);
        }

        return all.Count == 1 ? all[0] : new Several(all);
    }

    /// <inheritdoc />
    public bool Equals(Several? other) => other is not null && Changes.SequenceEqual(other.Changes);

    /// <inheritdoc />
    public override int GetHashCode() => Changes.Aggregate(0, static (hash, change) => HashCode.Combine(hash, change));

    internal override void Edit(ServiceDocument document)
    {
        foreach (var change in Changes)
        {
            change.Edit(document);
        }
    }

    internal override IEnumerable<Refusal> Refusals(PlanInput input, ServiceDocument document) =>
        Changes.OfType<MoveTraffic>().Any() && Changes.Count > 1
            ? [new Refusal("traffic", "Traffic that is moved in steps is a change by itself: make the other changes before or after it.", Changes.OfType<MoveTraffic>().First())]
            : Changes.SelectMany(c => c.Refusals(input, document).Select(r => r.Nearest is null ? r : r with { Nearest = Of(this, r.Nearest) }));

    // Two halves of one setting: what the addition leaves open stays.
    private static Change Merge(Change part, Change addition) => (part, addition) switch
    {
        (SetResources old, SetResources now) => new SetResources(now.Cpu ?? old.Cpu, now.Memory ?? old.Memory),
        (SetInstanceLimits old, SetInstanceLimits now) => new SetInstanceLimits(now.Minimum ?? old.Minimum, now.Maximum ?? old.Maximum),
        (SetRevisionLimits old, SetRevisionLimits now) => new SetRevisionLimits(now.Minimum ?? old.Minimum, now.Maximum ?? old.Maximum),
        _ => addition,
    };
}
