namespace OpsConsole.Core.Changes.Approvals;

/// <summary>The sentences of a plan as they were shown to the one who asks, so that the second person reads the same.</summary>
/// <param name="Timing">When it takes effect.</param>
/// <param name="Traffic">Who gets traffic.</param>
/// <param name="Restarts">What restarts.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Warnings">What one should know.</param>
public sealed record PlanWords(string Timing, string Traffic, string Restarts, string Cost, IReadOnlyList<string> Warnings)
{
    /// <summary>Those of a plan.</summary>
    public static PlanWords Of(Plan plan) => new(plan.Timing, plan.Traffic, plan.Restarts, plan.Cost.Sentence, [.. plan.Warnings.Select(static w => w.Message)]);
}
