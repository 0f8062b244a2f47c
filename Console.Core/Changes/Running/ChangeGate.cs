using OpsConsole.Core.Access;

namespace OpsConsole.Core.Changes.Running;

/// <summary>
/// The one way from a plan that somebody saw to a change that runs. Screens ask here and nowhere else, so that what may stand in
/// between (a second person, for instance) has one place.
/// </summary>
/// <param name="runner">Carries the change out.</param>
public sealed class ChangeGate(ChangeRunner runner)
{
    /// <summary>Applies a plan. Comes back when the intent is recorded; the rest is on the <see cref="ChangeBoard"/>.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="plan">What they saw.</param>
    /// <param name="reason">Why.</param>
    /// <param name="typed">What was typed to confirm, where <see cref="Plan.TypeToConfirm"/> asks.</param>
    /// <param name="cancellationToken">Gives up before the intent is recorded; after that, it goes on.</param>
    public Task<ChangeStart> ApplyAsync(Actor actor, Plan plan, string reason, string? typed, CancellationToken cancellationToken) =>
        runner.StartAsync(actor, plan, reason, typed, cancellationToken);
}
