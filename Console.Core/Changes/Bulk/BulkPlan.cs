using System.Globalization;
using OpsConsole.Core.Changes.Costs;

namespace OpsConsole.Core.Changes.Bulk;

/// <summary>The same change of several services: one plan each, and what they come to together. Pure.</summary>
/// <param name="Change">What is changed.</param>
/// <param name="Rows">One for each service, in the order in which they were chosen.</param>
public sealed record BulkPlan(Change Change, IReadOnlyList<BulkPlanRow> Rows)
{
    /// <summary>Most services at once: more make an event that the trail does not take, and a table that nobody reads.</summary>
    public const int MostServices = 200;

    /// <summary>Those that can be applied.</summary>
    public IReadOnlyList<BulkPlanRow> Ready => [.. Rows.Where(static r => r.Plan is not null)];

    /// <summary>Those of them that take a second person.</summary>
    public int NeedApproval => Ready.Count(static r => r.Answer.WhyApproval is not null);

    /// <summary>What has to be typed where services go down: a number that is easily got wrong is read once more. Null where nothing has.</summary>
    public string? TypeToConfirm =>
        Ready.Count(static r => r.Plan!.TypeToConfirm is not null) is > 0 and var count ? string.Create(CultureInfo.InvariantCulture, $"{count} services go down") : null;

    /// <summary>What all of them cost more or less, where it is known of each; null where it is not.</summary>
    public decimal? MonthlyDifference =>
        Ready is [_, ..] ready && ready.All(static r => r.Plan!.Cost is { Direction: CostDirection.Same } or { Before: not null, After: not null })
            ? ready.Sum(static r => (r.Plan!.Cost.After ?? 0) - (r.Plan.Cost.Before ?? 0))
            : null;

    /// <summary>A plan of fewer services.</summary>
    /// <param name="keep">Which.</param>
    public BulkPlan Only(Func<BulkPlanRow, bool> keep) => this with { Rows = [.. Rows.Where(keep)] };
}
